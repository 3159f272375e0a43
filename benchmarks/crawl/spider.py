"""Scrapy, tuned, for the comparison; run by an interpreter of its own that has Scrapy: `spider.py SEEDS REJECT RESULT`.

No Link objects, no canonicalisation, no Request for an address already asked for, plain strings out of lxml, uvloop
where it is there. It writes no archive and reads nothing but links.
"""

import json
import re
import sys
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import scrapy
from scrapy.crawler import CrawlerProcess

seeds = Path(sys.argv[1]).read_text("utf-8").split()
rejected = re.compile(sys.argv[2])
hosts = {urlsplit(url).netloc for url in seeds}
hosts |= {f"127.0.0.200:{urlsplit(seeds[0]).port}"}
broken = {}
known = set(seeds)


class Spider(scrapy.Spider):
    name = "spider"

    async def start(self):
        for url in seeds:
            yield self.asked(url)

    def asked(self, url):
        return scrapy.Request(url, callback=self.parse, errback=self.failed)

    def parse(self, response):
        if response.status >= 400:
            broken[first(response.request)] = str(response.status)
        elif isinstance(response, scrapy.http.HtmlResponse):
            base = response.url
            for href in response.selector.root.xpath("//a/@href", smart_strings=False):
                url = urldefrag(urljoin(base, href.strip())).url
                if url in known:
                    continue
                known.add(url)
                if url.startswith("http") and not rejected.search(url) and url.split("/", 3)[2] in hosts:
                    yield self.asked(url)

    def failed(self, failure):
        broken[first(failure.request)] = failure.type.__name__


def first(request):
    return request.meta.get("redirect_urls", [request.url])[0]


settings = {
    "ROBOTSTXT_OBEY": True, "LOG_ENABLED": False, "COOKIES_ENABLED": False, "TELNETCONSOLE_ENABLED": False,
    "RETRY_ENABLED": False, "HTTPERROR_ALLOW_ALL": True, "REFERER_ENABLED": False, "COMPRESSION_ENABLED": False,
    "CONCURRENT_REQUESTS": 32, "CONCURRENT_REQUESTS_PER_DOMAIN": 8, "REDIRECT_MAX_TIMES": 10, "DOWNLOAD_DELAY": 0,
    "EXTENSIONS": {"scrapy.extensions.logstats.LogStats": None, "scrapy.extensions.memusage.MemoryUsage": None},
    "TWISTED_REACTOR": "twisted.internet.asyncioreactor.AsyncioSelectorReactor",
}  # fmt: skip
if find_spec("uvloop"):
    settings["ASYNCIO_EVENT_LOOP"] = "uvloop.Loop"
process = CrawlerProcess(settings)
process.crawl(Spider)
process.start()
Path(sys.argv[3]).write_text(json.dumps({"broken": broken}), encoding="utf-8")
