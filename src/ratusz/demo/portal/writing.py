"""Short ways to write blocks of a page's body."""

from __future__ import annotations

from typing import Any

Block = tuple[str, Any]


def heading(text: str, level: str = "h2") -> Block:
    return "heading", {"text": text, "level": level}


def text(*paragraphs: str) -> Block:
    return "paragraph", "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def bullets(*items: str) -> Block:
    return "paragraph", "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"


def table(caption: str, *rows: str, first_column: bool = True) -> Block:
    return "table", {"caption": caption, "cells": "\n".join(rows), "first_column_is_heading": first_column}


def steps(*pairs: tuple[str, str]) -> Block:
    return "steps", {"steps": [{"title": title, "text": f"<p>{what}</p>"} for title, what in pairs]}


def questions(*pairs: tuple[str, str]) -> Block:
    return "accordion", {"questions": [{"question": question, "answer": f"<p>{answer}</p>"} for question, answer in pairs]}


def call(label: str, address: str, until: str = "") -> Block:
    return "call_to_action", {"text": label, "page": None, "address": address, "until": until}


def quote(words: str, who: str = "") -> Block:
    return "quote", {"text": words, "who": who}


def contact(unit: str, about: str = "", phone: str = "", email: str = "", hours: str = "", address: str = "") -> Block:
    return "contact", {"unit": unit, "about": about, "phone": phone, "email": email, "hours": hours, "address": address}


def sign_language(title: str, address: str, length: str, *transcript: str) -> Block:
    words = "".join(f"<p>{paragraph}</p>" for paragraph in transcript)
    return "sign_language", {"title": title, "address": address, "length": length, "transcript": words}


def idea(*lines: str) -> Block:
    return "idea", {"text": "\n".join(lines), "image": None}
