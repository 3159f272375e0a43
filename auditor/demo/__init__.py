"""Kota Contoh: a small made-up city whose websites ship with the auditor.

It stands for the real thing where there is no internet: `make demo` serves it over real HTTP on loopback and audits it
for two nights. Everything in it is invented: the code (99.71 is no region of Kemendagri), the kelurahan, the people,
their NIK (which begin with 99, no province) and every rupiah. What is not invented is the way it is written: menus that
lead nowhere, the same PDF under three titles, a soft 404, a calendar without end.

    city.build(night) -> City        which host answers what, pure: the same bytes every time
    server.serve(city)               that city on 127.0.0.1, virtual hosts by the Host header
    config.config_text(port)         the config.toml that audits it
    manifest.load()                  what is TRULY there, written by hand, night by night

The rooms: `ppid` (its pages), `ppid_lists` and `ppid_plans` (its listings, right and wrong), `ppid_budget` and
`ppid_papers` (its files); `website` and `news` (www and JDIH); `portal`, `datasets` and `series` (the data portal);
`covid`; `services` (complaints, archived aid site, staff login, drives); `offices` (three OPD). `papers` and `sheets`
make the files, `answer` is the noun that all of them return, `invented` the city's names and numbers.
"""
