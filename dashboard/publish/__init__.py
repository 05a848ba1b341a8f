"""The whole site as files: for nginx, a bucket or a CDN, with no server of ours behind them.

``contents`` says what the site consists of, ``destination`` puts files where they are served from,
``publisher`` does it in an order that never shows a pointer before what it points to.

    index.html, ecran/index.html, en/…   the pages, with the present numbers in them
    build/1d409b13efde/…                 what pages of that build are made of: never changes
    geo/<sha256>.json                    outlines: never change
    live/<sha256>.json                   documents and patches: never change
    live/latest/home.fr.json             where a document is
    live/latest.json                     where all of them are, for machines
    live/beat.json                       rewritten every few seconds: what pages ask again and again
    api/results.{csv,json,nist.json}     the open results

A page names the build it was written for, so an old page in some cache never meets new scripts.
"""
