"""Where each publisher keeps its article: one row a publisher, in the markup of several eras.

A row is CSS selectors, tried from left to right; the first that finds text wins, so new designs
stand before old ones. A row only ever speeds up and sharpens what the general rules would find:
when a redesign makes it match nothing, they take over. A row says of which years real pages have
confirmed it, and nothing where it was written from memory. To add a publisher, add a row: the tests
make pages of each of its designs.
"""

from __future__ import annotations

from functools import lru_cache

from kliping.corpus.html.publisher import Publisher

PUBLISHERS = (
    Publisher(
        domains="kompas.com kompas.tv",
        name="Kompas.com",
        confirmed="2015 2016 2018",
        body=(".read__content", ".kcm-read-text", ".div-read", ".span6.nml", ".isi_artikel"),
        title="h1.read__title, .kcm-read-top h2, .baca-content h1",
        author=".credit-title-name, .read__credit__item a, #penulis a, .read__author a",
        date=".read__time, .kcm-date, .kcm-read-top .grey",
        caption=".photo",
        drop=".inner-link-baca-juga, .photo, .kcm-read-terkait, .video-wrap, .ads-on-body",
    ),
    Publisher(
        domains="detik.com",
        name="detikcom",
        confirmed="2015 2016 2018 2023",
        body=(
            ".detail__body-text",
            ".itp_bodycontent",
            ".detail_text",
            "#detikdetailtext",
            ".text_detail",
            ".detail-text",
            ".text_gal",
        ),
        title="h1.detail__title, .content_detail h1, .detail_area h1, .jdl h1, .detail_profil h1",
        author=".detail__author, .content_detail .author strong, .jdl .author",
        date=".detail__date, .content_detail .date, .jdl .date, .detail_profil .date",
        caption=".detail__media-caption, .pic_artikel",
        drop=".linksisip, .topiksisip, .lihatjg, .parallaxindetail, .aevp, .noncontent, .pip-vid,"
        " .staticdetail_ads, .sisip_video_ds, .sisip_embed_sosmed, .detail__body-tag,"
        " .ads-scrollpage-container",
    ),
    Publisher(
        domains="tempo.co",
        name="Tempo.co",
        confirmed="2018",
        body=(
            "#content-wrapper .article-content",
            ".detail-konten",
            ".detail-in",
            "#isi",
            ".artikel .content",
            "[itemprop=articleBody]",
        ),
        title="h1.title, article h1, h1[itemprop=headline], .artikel h1",
        author=".detail-title .author, .box-avatar .title a, [itemprop=author], .reporter",
        date=".detail-title .date, .artikel .tanggal, #date, p.date",
        drop=".bacajuga, .box-bacajuga, .block-iklan, .paragraf-link, .wrap-terkait, .parallax",
    ),
    Publisher(
        domains="tribunnews.com tribunnewswiki.com",
        name="Tribunnews.com",
        body=(".txt-article", "#article_con", "#article .side-article"),
        title="h1#arttitle, #article h1",
        author="#penulis, .credit a[rel=author], #editor",
        date="#article time, time.grey",
        drop=".baca, .adsbox, .ads-box, .mb20.ovh, .tagcloud3, .pb20.ovh",
    ),
    Publisher(
        domains="liputan6.com fimela.com bola.com",
        name="Liputan6.com",
        confirmed="2016 2019 2020",
        body=(
            ".article-content-body__item-content",
            ".read-page__content-body",
            ".text-detail",
            ".read-page--photo-gallery",
        ),
        title="h1.read-page--header--article__title, h1.read-page--header__title",
        author=".read-page--header--author__name, .read-page--header__author .fn",
        date=".read-page--header--author__datetime, .read-page--header__datetime",
        drop=".baca-juga, .baca-juga-collections, .article-ad, .cms-widget, .reads-also,"
        " .advertisement-placeholder, .article-content-body__item-break,"
        " .read-page--photo-gallery--item__social-share",
    ),
    Publisher(
        domains="cnnindonesia.com",
        name="CNN Indonesia",
        confirmed="2018",
        body=(".detail-text", "#detikdetailtext", ".detail_text", ".text_detail"),
        title="h1.title, .content__title h1, .detail h1, h1",
        author=".author, .text-cnn_red",
        date=".date, .text-cnn_grey",
        drop=".topiksisip, .linksisip, .lihatjg, .paradetail, .inbetween_ads, .detail-tag, .embed",
    ),
    Publisher(
        domains="cnbcindonesia.com",
        name="CNBC Indonesia",
        body=(".detail_text", ".detail-text", "article .text"),
        title=".jdl h1, article h1",
        author=".jdl .author, .author",
        date=".jdl .date, .date",
        drop=".linksisip, .topiksisip, .lihatjg, .sisip_video_ds, .inbetween_ads, .detail_tag",
    ),
    Publisher(
        domains="antaranews.com",
        name="ANTARA News",
        confirmed="2017",
        body=(
            ".wrap__article-detail-content",
            "#content_news",
            ".post-content",
            "[itemprop=articleBody]",
        ),
        title=".wrap__article-detail-title h1, .post-header h1, h1.title, h1.post-title",
        author="[itemprop=author], .byline",
        date=".wrap__article-detail-info .text-secondary, .article-date, .bjbrt > .date",
        drop=".baca-juga, .sharebox, p.date, .quote_old, .tags_detail, .ads_antaranews",
    ),
    Publisher(
        domains="republika.co.id republika.id",
        name="Republika",
        confirmed="2018",
        body=(".article-content", ".detail-content", ".artikel", ".content-detail"),
        title=".max-card__title h1, .main-content__left h1, .wrap_detail_set h1",
        author=".by-author, .by, .max-card__title .reporter",
        date=".date-item__headline, .wrap_detail_set .date_detail, .date",
        drop=".picked-article, .baca-juga, .rec-article, .box-baca-juga, .artikel-terkait",
    ),
    Publisher(
        domains="okezone.com",
        name="Okezone",
        confirmed="2025",
        body=("#contentx", ".c-detail.read", ".detail-text", "#article-box"),
        title=".title h1, h1.title-article, .title-article h1",
        author=".namerep a, .reporter .namerep, .journalist a",
        date=".reporter .tgl, .namerep b, .journalist span",
        drop=".baca-juga, #bacajuga, .ga_BacaJuga, .multipage, .box-gpr, .detail-tag",
    ),
    Publisher(
        domains="sindonews.com",
        name="SINDOnews",
        confirmed="2018",
        body=("#detail-desc", ".detail-desc", ".article #content", "#content"),
        title="h1.detail-title, .article h1, .title h1",
        author=".detail-nama-redaksi a, .reporter p, .author",
        date=".detail-date-artikel, .article time, time",
        drop=".baca-inline, .baca-inline-head, .box-baca-juga, .detail-more, .outer-content",
    ),
    Publisher(
        domains="merdeka.com",
        name="Merdeka.com",
        confirmed="2020",
        body=(
            "#mdk-body-news",
            ".mdk-body-paragraph",
            ".mdk-body-paragpraph",
            ".article .content-text",
            ".article-body",
        ),
        title="h1#mdk-news-title, .mdk-title h1, .article-title h1",
        author=".mdk-date-reporter .reporter, .mdk-date-reporter a, .article-author__name",
        date=".mdk-date-reporter, .date-post, .article-date",
        drop=".inside-bacajuga, .box-bacajuga, .mdk-body-newsimg, .baca-juga, .box-ads",
    ),
    Publisher(
        domains="suara.com",
        name="Suara.com",
        body=("article.detail-content", ".detail-content", ".content-article", ".detail--article"),
        title=".info h1, .content-title h1, .detail h1",
        author=".writer span, .head-writer-date .writer, .author",
        date=".head-writer-date .date, .news-date, .date",
        drop=".baca-juga-new, .new_bacajuga, .berita-terkait, .baca-juga, .ads-inside",
    ),
    Publisher(
        domains="kumparan.com",
        name="kumparan",
        body=(
            "[class*=StoryRenderer__EditorWrapper]",
            "[data-qa-id=story-content]",
            ".story-content",
        ),
        title="h1[data-qa-id=story-title]",
        author="[data-qa-id=editor-name], [data-qa-id=author-name]",
        date="[data-qa-id=story-publish-date], [class*=PublishedDate]",
        drop="[data-qa-id=read-also], [data-qa-id=story-embed],"
        " [class*=BacaJuga], [class*=ReadAlso]",
    ),
    Publisher(
        domains="jpnn.com",
        name="JPNN.com",
        body=(".page-content", "div[itemprop=articleBody]", ".post .content", ".articlebody"),
        title=".page-header h1, h1[itemprop=headline], h1",
        author=".author-name, .redaktur a, .by",
        date=".page-header h6, .date, time",
        drop=".baca_juga, .bacajuga, .simak-video, .page-paging, .related",
    ),
    Publisher(
        domains="viva.co.id vivanews.com",
        name="VIVA.co.id",
        body=(
            ".main-content-detail",
            "#article-detail-content",
            ".article-detail-body",
            "#article-content",
        ),
        title=".main-content-title h1, .leading-title h1, h1.main-content-title",
        author=".main-content-author a, .meta-author-wp a, .author-name",
        date=".main-content-date, .meta-author-wp .date, .leading-date",
        drop=".mcd-readmore, .main-content-ads, .readmore, .box-baca-juga, .article-inner-link",
    ),
    Publisher(
        domains="bisnis.com",
        name="Bisnis.com",
        body=(".detailsContent", ".sub-description", "#description", ".description"),
        title="h1.detailsTitleCaption, .wrapper-details h1",
        author=".detailsAuthorItem, .detailsAuthor a, .author a",
        date=".detailsAttributeDates, .new-description .date, .wrapper-details .date",
        drop=".detailsBacaJuga, .baca-juga-box, .detailsRelated, .box-inline, .topic",
    ),
    Publisher(
        domains="kontan.co.id",
        name="Kontan",
        body=(".tmpt-desk-kon", "[itemprop=articleBody]", ".content_news", ".ctn"),
        title="h1.detail-desk, .detail-desk h1, h1.jdl_dtl",
        author=".reporter, .ff-opensans .author",
        date=".fs14.ff-opensans.font-gray, .date",
        drop=".track-bacajuga, .baca-juga, .track-gnews, .pagination, .div-ads",
    ),
    Publisher(
        domains="idntimes.com",
        name="IDN Times",
        body=("#article-content", ".article-content", ".content-post"),
        title="h1.title-text, .headline h1, h1",
        author=".author-name a, .author-name, .author a",
        date=".date time, time.date, .date",
        drop=".read-also, .baca-juga, .ads-on-body, .box-topic, .embed-article",
    ),
    Publisher(
        domains="beritasatu.com",
        name="BeritaSatu.com",
        body=(".b1-article", ".body-content", ".story-body", ".main-body"),
        title=".b1-article-title h1, .story-title, h1",
        author=".b1-author, .story-author, .author",
        date=".b1-date, .story-date, .date",
        drop=".b1-bacajuga, .baca-juga, .link-related, .d-print-none",
    ),
    Publisher(
        domains="grid.id gridoto.com bolasport.com motorplus-online.com intisari-online.com"
        " sonora.id nakita.id nova.id otomotifnet.com",
        name="Grid.ID",
        body=(
            ".read__article",
            ".article__content",
            ".read__right .read__content",
            ".article-read",
        ),
        title="h1.read__title, .article__title, h1",
        author=".read__info__author, .read__author, .article__author a",
        date=".read__info__date, .read__time, .article__date",
        drop=".read__bacajuga, .read__related, .read__more, .read__tagging, .article__tag",
    ),
    Publisher(
        domains="pikiran-rakyat.com jurnalmedan.com",
        name="Pikiran Rakyat",
        body=("article.read__content", ".read__content", ".article-detail", ".node .field-item"),
        title="h1.read__title, .article-title h1",
        author=".read__info__author, .author",
        date=".read__info__date, .date",
        drop=".read__readmore, .photo, .read__others, .baca-juga, .promo",
    ),
    Publisher(
        domains="jawapos.com radarbali.id",
        name="JawaPos.com",
        body=("article.read__content", ".content.article", ".entry-content", ".contentdetail"),
        title="h1.read__title, h1.single-title, h1.entry-title",
        author=".read__info__author, .content-reporter p, .author",
        date=".read__info__date, .content-date, .date",
        drop=".read__readmore, .baca-juga, .inner-link-baca-juga, .box-terkait, .alert",
    ),
    Publisher(
        domains="mediaindonesia.com",
        name="Media Indonesia",
        body=("div.article[itemprop=articleBody]", ".sticky-container .article", ".article"),
        title="h1.article-title, .article-title h1, h1",
        author=".author a, [itemprop=author], .penulis",
        date=".datetime, .date, time",
        drop=".rec-desk, .baca-juga, .related, .tag-list",
    ),
    Publisher(
        domains="voaindonesia.com",
        name="VOA Indonesia",
        body=("#article-content .wsw", ".body-container .wsw", ".wsw"),
        title="h1.title.pg-title, h1.pg-title",
        author=".links__item-link, .pub-container .author",
        date=".published time, .publishing-details time, time",
        drop=".wsw__embed, .media-block, .media-block-wrap, .wsw__a--related, .also-read, .embed",
    ),
    Publisher(
        domains="bbc.com bbc.co.uk",
        name="BBC News Indonesia",
        body=("main[role=main]", ".story-body__inner", "[property=articleBody]", ".bodytext"),
        title="main h1, h1.story-body__h1, h1",
        author="[data-testid=byline] .author, .byline__name",
        date="main time, .date, .mini-info-list .date",
        drop="section[role=region], [aria-labelledby*=related], [data-e2e*=recommendations],"
        " [data-e2e*=embed], .bbc-news-visual-journalism, .story-body__link-list, .social-embed",
    ),
    Publisher(
        domains="benarnews.org",
        name="BenarNews",
        body=("#storytext", ".storytext", ".b-article-body__content", ".body-content"),
        title="#storypagemaincol h1, h1.b-headline, h1",
        author="#story_byline .author, #story_byline, .b-byline__names",
        date="#story_date, .b-date, .storydate",
        drop=".relatedstories, .story_media, .b-ads, .sidebar, #minitocdiv",
    ),
    Publisher(
        domains="tirto.id",
        name="Tirto.id",
        confirmed="2018",
        body=(".content-text-editor", "#article-body", ".news-detail-holder .isi", ".isi-artikel"),
        title="h1.news-detail-title, h1",
        author=".detail-date .author, .reporter, .writer-name",
        date=".detail-date, .date-news",
        drop=".baca-holder, .baca-juga, .sisip, .box-iklan, .tag-detail",
    ),
    Publisher(
        domains="katadata.co.id",
        name="Katadata",
        body=(".detail-body-wp", ".detail-main", ".detail-body", ".content-article"),
        title="h1.detail-title, .detail-title h1",
        author=".detail-author-name, .author-name",
        date=".detail-date, .detail-date-author",
        drop=".baca-juga-post, .baca-juga, .embed-article, .detail-tag, .detail-reporter",
    ),
    Publisher(
        domains="wartaekonomi.co.id",
        name="Warta Ekonomi",
        body=(".articlePostContent", ".article-content", ".detail-content", ".content-detail"),
        title="h1.articlePostTitle, .article-title h1, h1",
        author=".articlePostAuthor, .author",
        date=".articlePostDate, .date",
        drop=".baca-juga, .box-related, .tags, .inline-related",
    ),
    Publisher(
        domains="kapanlagi.com",
        name="KapanLagi.com",
        confirmed="2015 2016 2020",
        body=(
            ".body-paragraph",
            ".entertainment-detail-news",
            ".v7-music-detail-news",
            ".detail-news",
        ),
        title="h1.entertainment-newsdetail-title-new, h1.v7-music-newsdetail-title,"
        " h1.title-detail",
        author=".reporter, .author",
        date=".entertainment-newsdetail-schedule-new, .v7-music-newsdetail-schedule, .date-news",
        drop=".other-related, .inside-bacajuga, .v7-tags-terkait-warper",
    ),
)


@lru_cache(maxsize=1)
def _by_domain() -> dict[str, Publisher]:
    return {domain: row for row in PUBLISHERS for domain in row.domains.split()}


def publisher_of(host: str, /) -> Publisher | None:
    """Return the row of the publisher that owns this host, or None.

    >>> publisher_of("finance.detik.com").name
    'detikcom'
    """
    parts = host.lower().split(".")
    for start in range(len(parts) - 1):
        if row := _by_domain().get(".".join(parts[start:])):
            return row
    return None
