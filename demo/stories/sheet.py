"""A small PDF of one page, so that a message in the demo has a file that opens."""

LINES = (
    "Lijst van brieven",
    "1. Elektriciteit: tweede aanmaning",
    "2. Ziekenhuis: factuur van mei",
    "3. Huisbaas: herinnering",
    "4. Telefoon: afgesloten op 3 september",
    "5. Stad: parkeerboete",
)


def a_letter() -> bytes:
    """Draw the lines on one page of A4."""
    drawn = "BT /F1 14 Tf 20 TL 72 770 Td " + " ".join(f"({line}) Tj T*" for line in LINES) + " ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
    ]
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    begin = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n"
    out += "".join(f"{place:010d} 00000 n \n" for place in places)
    return (out + f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{begin}\n%%EOF\n").encode()
