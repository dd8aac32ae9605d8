#!/bin/sh
# Starts tools/setup.py with whatever Python the machine has, or says how to get one.
for name in python3 python; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 9))' 2>/dev/null; then
        exec "$name" tools/setup.py "$@"
    fi
done
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    echo "Installing Python."
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -q && apt-get install -y -q --no-install-recommends python3 && exec python3 tools/setup.py "$@"
fi
echo "Caseworker needs Python 3.11, 3.12 or 3.13. On Debian and Ubuntu: sudo apt-get install python3" >&2
exit 1
