"""The old forum (YAF.NET-type): its export read, turned into our words, brought in once; its addresses answered for good."""
