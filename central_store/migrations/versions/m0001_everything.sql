-- All tables of the central store, and who may do what with them.

CREATE TABLE aside (
  org_id UUID NOT NULL,
  device_id UUID NOT NULL,
  case_id UUID NOT NULL,
  sequence BIGINT NOT NULL,
  change_id UUID NOT NULL,
  hash BYTEA NOT NULL,
  header BYTEA NOT NULL,
  body BYTEA NOT NULL,
  signature BYTEA,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT aside_key PRIMARY KEY (org_id, device_id, case_id, sequence)
);
CREATE TABLE change (
  org_id UUID NOT NULL,
  case_id UUID NOT NULL,
  seq BIGINT NOT NULL,
  change_id UUID NOT NULL,
  device_id UUID NOT NULL,
  push_end BIGINT NOT NULL,
  header BYTEA NOT NULL,
  body BYTEA,
  body_hash BYTEA,
  signature BYTEA,
  CONSTRAINT change_key PRIMARY KEY (org_id, case_id, seq),
  CONSTRAINT change_org_id_case_id_change_id_once UNIQUE (org_id, case_id, change_id),
  CONSTRAINT change_body_or_hash CHECK ((body is null) <> (body_hash is null))
);
CREATE TABLE elsewhere (
  org_id UUID NOT NULL,
  user_id UUID NOT NULL,
  host_org UUID NOT NULL,
  handle TEXT NOT NULL,
  CONSTRAINT elsewhere_key PRIMARY KEY (org_id, user_id, host_org)
);
CREATE TABLE organisation (
  org_id UUID NOT NULL,
  handle TEXT NOT NULL,
  root BYTEA NOT NULL,
  quota BIGINT NOT NULL,
  since TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT organisation_key PRIMARY KEY (org_id)
);
CREATE TABLE server (
  one SMALLINT NOT NULL CONSTRAINT server_row CHECK (one = 1),
  epoch UUID NOT NULL,
  secret BYTEA NOT NULL,
  CONSTRAINT server_key PRIMARY KEY (one)
);
CREATE TABLE spent (
  org_id UUID NOT NULL,
  nonce BYTEA NOT NULL,
  until TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT spent_key PRIMARY KEY (org_id, nonce)
);
CREATE TABLE code (
  org_id UUID NOT NULL,
  code_hash BYTEA NOT NULL,
  user_id UUID NOT NULL,
  until TIMESTAMP WITH TIME ZONE NOT NULL,
  used_by UUID,
  CONSTRAINT code_key PRIMARY KEY (org_id, code_hash),
  CONSTRAINT code_organisation FOREIGN KEY(org_id) REFERENCES organisation (org_id)
);
CREATE TABLE device (
  org_id UUID NOT NULL,
  device_id UUID NOT NULL,
  home_org UUID NOT NULL,
  user_id UUID NOT NULL,
  signing BYTEA NOT NULL,
  receiving BYTEA,
  state TEXT NOT NULL CONSTRAINT device_states CHECK (state in ('pending', 'active', 'revoked')),
  since TIMESTAMP WITH TIME ZONE NOT NULL,
  last_seen TIMESTAMP WITH TIME ZONE,
  CONSTRAINT device_key PRIMARY KEY (org_id, device_id),
  CONSTRAINT device_organisation FOREIGN KEY(org_id) REFERENCES organisation (org_id)
);
CREATE INDEX device_by_org_id_home_org_user_id ON device (org_id, home_org, user_id);
CREATE TABLE directory (
  org_id UUID NOT NULL,
  version BIGINT NOT NULL,
  signed BYTEA NOT NULL,
  CONSTRAINT directory_key PRIMARY KEY (org_id),
  CONSTRAINT directory_organisation FOREIGN KEY(org_id) REFERENCES organisation (org_id)
);
CREATE TABLE stream (
  org_id UUID NOT NULL,
  case_id UUID NOT NULL,
  seq BIGINT NOT NULL,
  digest BYTEA NOT NULL,
  membership INTEGER NOT NULL,
  CONSTRAINT stream_key PRIMARY KEY (org_id, case_id),
  CONSTRAINT stream_organisation FOREIGN KEY(org_id) REFERENCES organisation (org_id)
);
CREATE TABLE blob (
  org_id UUID NOT NULL,
  case_id UUID NOT NULL,
  blob_id BYTEA NOT NULL,
  size BIGINT NOT NULL,
  "offset" BIGINT NOT NULL,
  whole BOOLEAN NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT blob_key PRIMARY KEY (org_id, case_id, blob_id),
  CONSTRAINT blob_stream FOREIGN KEY(org_id, case_id) REFERENCES stream (org_id, case_id)
);
CREATE INDEX blob_by_org_id_blob_id ON blob (org_id, blob_id);
CREATE TABLE erasure (
  org_id UUID NOT NULL,
  case_id UUID NOT NULL,
  device_id UUID NOT NULL,
  body BYTEA NOT NULL,
  signature BYTEA NOT NULL,
  CONSTRAINT erasure_key PRIMARY KEY (org_id, case_id, device_id),
  CONSTRAINT erasure_stream FOREIGN KEY(org_id, case_id) REFERENCES stream (org_id, case_id)
);
CREATE TABLE record (
  org_id UUID NOT NULL,
  case_id UUID NOT NULL,
  version INTEGER NOT NULL,
  body BYTEA NOT NULL,
  signature BYTEA NOT NULL,
  CONSTRAINT record_key PRIMARY KEY (org_id, case_id, version),
  CONSTRAINT record_stream FOREIGN KEY(org_id, case_id) REFERENCES stream (org_id, case_id)
);
CREATE TABLE seat (
  org_id UUID NOT NULL,
  case_id UUID NOT NULL,
  user_org UUID NOT NULL,
  user_id UUID NOT NULL,
  role TEXT NOT NULL,
  gone INTEGER,
  CONSTRAINT seat_key PRIMARY KEY (org_id, case_id, user_org, user_id),
  CONSTRAINT seat_stream FOREIGN KEY(org_id, case_id) REFERENCES stream (org_id, case_id)
);
CREATE INDEX seat_by_org_id_user_org_user_id ON seat (org_id, user_org, user_id);
CREATE TABLE seen (
  org_id UUID NOT NULL,
  case_id UUID NOT NULL,
  device_id UUID NOT NULL,
  seq BIGINT NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT seen_key PRIMARY KEY (org_id, case_id, device_id),
  CONSTRAINT seen_stream FOREIGN KEY(org_id, case_id) REFERENCES stream (org_id, case_id)
);
CREATE TABLE tag (
  org_id UUID NOT NULL,
  tag BYTEA NOT NULL,
  case_id UUID NOT NULL,
  CONSTRAINT tag_key PRIMARY KEY (org_id, tag, case_id),
  CONSTRAINT tag_stream FOREIGN KEY(org_id, case_id) REFERENCES stream (org_id, case_id)
);
CREATE INDEX tag_by_org_id_case_id ON tag (org_id, case_id);
CREATE TABLE tail (
  org_id UUID NOT NULL,
  case_id UUID NOT NULL,
  device_id UUID NOT NULL,
  sequence BIGINT NOT NULL,
  hash BYTEA NOT NULL,
  CONSTRAINT tail_key PRIMARY KEY (org_id, case_id, device_id),
  CONSTRAINT tail_stream FOREIGN KEY(org_id, case_id) REFERENCES stream (org_id, case_id)
);
CREATE TABLE token (
  org_id UUID NOT NULL,
  token_hash BYTEA NOT NULL,
  device_id UUID NOT NULL,
  until TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT token_key PRIMARY KEY (org_id, token_hash),
  CONSTRAINT token_device FOREIGN KEY(org_id, device_id) REFERENCES device (org_id, device_id)
);
CREATE INDEX token_by_org_id_device_id ON token (org_id, device_id);
CREATE TABLE wrap (
  org_id UUID NOT NULL,
  case_id UUID NOT NULL,
  epoch INTEGER NOT NULL,
  device_id UUID NOT NULL,
  wrapped BYTEA NOT NULL,
  CONSTRAINT wrap_key PRIMARY KEY (org_id, case_id, epoch, device_id),
  CONSTRAINT wrap_stream FOREIGN KEY(org_id, case_id) REFERENCES stream (org_id, case_id)
);
CREATE TABLE blob_part (
  org_id UUID NOT NULL,
  case_id UUID NOT NULL,
  blob_id BYTEA NOT NULL,
  start BIGINT NOT NULL,
  data BYTEA NOT NULL,
  CONSTRAINT blob_part_key PRIMARY KEY (org_id, case_id, blob_id, start),
  CONSTRAINT blob_part_blob FOREIGN KEY(org_id, case_id, blob_id) REFERENCES blob (org_id, case_id, blob_id) ON DELETE CASCADE
);
