"""The other ways of referring: with consultation or a signature, as a transfer, with a bridge, to several, or on."""
