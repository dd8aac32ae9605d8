"""What a printed sheet says about itself: title, author, language, and which standards it keeps."""

from __future__ import annotations

import base64
import zlib
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

PRODUCER = "Caseworker"


@dataclass(frozen=True, slots=True, repr=False)
class About:
    """The sheet's own particulars. `made` is its only date, so that it always prints the same."""

    title: str
    author: str
    subject: str
    language: str
    made: date


# A plain sRGB profile, frozen: profiles made on the fly hold the time of their making.
SRGB_PROFILE = zlib.decompress(
    base64.b64decode(
        "eNqVkb1Lw1AUxU9bRdFKBx1EHDJUcWhBFMRR69ClSKkVrLokr2krJGlIUqS4Ci4OBQfRxa/B/0BXwVVBEBRBxNHZ"
        "r0VKPGkKLaKD9/Fyf5y8c7nvPiCY0oRud8wAuuFYmWRCWsotS10vCHA1Qha2OZtOp/BnfN75Z2/jXi38L3rzqi2A"
        "QDd5SpiWQ2Y3SK07psfb5AFRkvPkQ3LMYoPkK09XfH72uOjzu8dWNjMHBL2aUrGNlTYWJUsnj5GjulYRzX68m4RV"
        "Y3GBeYh7GDYySCIBCQoqWIMGB3FmgzP73Tfe8M2jTI/g10QVFh1FlOiNUa2wqspcoK5yaah6c/85T7swOeFXDyeA"
        "zifXfRsBunaAes11v45ct34MhB6BC6PlL3NO0x/Uay0tegBENoGzy5am7ALnW8DggylbckMKcQcLBeD1FOjLAf03"
        "QM+KP6vmf5zcA9kNPtE1sLcPjPJ8ZPUbOcVnrg=="
    )
)

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{moment}</xmp:CreateDate><xmp:ModifyDate>{moment}</xmp:ModifyDate>
<xmp:CreatorTool>{producer}</xmp:CreatorTool><pdf:Producer>{producer}</pdf:Producer>
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of the standard</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def xmp(about: About) -> bytes:
    """The metadata packet. The pdfuaid schema is described, because PDF/A does not know it."""
    return _XMP.format(
        title=escape(about.title),
        author=escape(about.author),
        subject=escape(about.subject),
        language=escape(about.language),
        moment=f"{about.made.isoformat()}T00:00:00+00:00",
        producer=PRODUCER,
    ).encode()
