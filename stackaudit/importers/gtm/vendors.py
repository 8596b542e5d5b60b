"""Vendors by what code loads and calls: hosts of their scripts and pixels, and inline markers.

Every entry is an address or a call that the vendor's own installation guide tells people to put on
their pages. Hosts are matched by themselves and below (``js.hs-scripts.com`` is below
``hs-scripts.com``); a host that is also a website people link to is listed with its path.
"""

from __future__ import annotations

import re
from typing import Final

_HOSTS: Final = """
google-analytics-4: google-analytics.com/g/collect analytics.google.com/g/collect
universal-analytics: google-analytics.com/analytics.js google-analytics.com/ga.js google-analytics.com/collect google-analytics.com/plugins
google-ads: googleadservices.com googleads.g.doubleclick.net google.com/pagead google.com/ads/ga-audiences
campaign-manager-360: fls.doubleclick.net ad.doubleclick.net
google-optimize: googleoptimize.com
google-ad-manager: securepubads.g.doubleclick.net googletagservices.com pagead2.googlesyndication.com
meta-ads: connect.facebook.net facebook.com/tr graph.facebook.com
linkedin-campaign-manager: snap.licdn.com px.ads.linkedin.com dc.ads.linkedin.com api.linkedin.com
tiktok-ads-manager: analytics.tiktok.com business-api.tiktok.com
x-ads: static.ads-twitter.com analytics.twitter.com ads-api.twitter.com ads-api.x.com t.co/i/adsct
pinterest-ads: s.pinimg.com/ct ct.pinterest.com api.pinterest.com
snapchat-ads: sc-static.net tr.snapchat.com
reddit-ads: redditstatic.com/ads alb.reddit.com ads-api.reddit.com pixel-config.reddit.com
quora-ads: a.quora.com q.quora.com
spotify-advertising: pixel.byspotify.com pdst.fm
amazon-ads: amazon-adsystem.com
microsoft-advertising: bat.bing.com bat.bing.net
microsoft-invest: adnxs.com
microsoft-clarity: clarity.ms
criteo: criteo.net criteo.com/js/ld dynamic.criteo.com sslwidget.criteo.com
adroll: adroll.com/j s.adroll.com d.adroll.com
rollworks: adroll.com/rw
taboola: cdn.taboola.com trc.taboola.com
teads: amplify.outbrain.com tr.outbrain.com p.teads.tv t.teads.tv cm.teads.tv
quantcast: quantserve.com quantcount.com
the-trade-desk: js.adsrvr.org insight.adsrvr.org match.adsrvr.org
stackadapt: tags.srv.stackadapt.com srv.stackadapt.com
mediamath: pixel.mathtag.com mathtag.com
yahoo-dsp: sp.analytics.yahoo.com s.yimg.com/wi ups.analytics.yahoo.com
basis: sitescout.com
flashtalking: flashtalking.com
doubleverify: doubleverify.com
integral-ad-science: adsafeprotected.com
impact-com: impactcdn.com utt.impactcdn.com d.impactradius-event.com
cj: emjcd.com mczbf.com cj.dotomi.com
awin: dwin1.com dwin2.com zenaps.com awin1.com
shareasale: shareasale.com/sale.cfm shareasale-analytics.com
rakuten-advertising: tag.rmp.rakuten.com track.linksynergy.com rmtag.com
partnerize: prf.hn
refersion: refersion.com
everflow: everflowclient.io
partnerstack: snippet.growsumo.com js.partnerstack.com
mntn-performance-tv: dx.mountain.com px.mountain.com
tvscientific: tvspix.com
hubspot-marketing-hub: hs-scripts.com hs-analytics.net hsforms.net hs-banner.com hscollectedforms.net usemessages.com hubspot.com/js api.hubapi.com js.hubspot.com
hubspot-breeze-intelligence: clearbitscripts.com tag.clearbitscripts.com x.clearbitjs.com reveal.clearbit.com
adobe-marketo-engage: munchkin.marketo.net marketo.com/js/forms2
adobe-marketo-measure: cdn.bizible.com cdn.bizibly.com
adobe-analytics: omtrdc.net 2o7.net
adobe-target: tt.omtrdc.net
adobe-audience-manager: demdex.net
adobe-experience-platform-tags: assets.adobedtm.com
adobe-advertising: everesttech.net
salesforce-marketing-cloud-account-engagement: pi.pardot.com cdn.pardot.com go.pardot.com
salesforce-marketing-cloud-engagement: collect.igodigital.com igodigital.com exacttarget.com exct.net
salesforce-marketing-cloud-personalization: cdn.evgnet.com evergage.com evgnet.com
salesforce-audience-studio: cdn.krxd.net krxd.net
salesforce-service-cloud: salesforceliveagent.com
qualified: js.qualified.com
oracle-eloqua: img.en25.com en25.com eloqua.com
oracle-bluekai: tags.bluekai.com bluekai.com
oracle-moat: moatads.com
addthis: addthis.com/js s7.addthis.com
dynamics-365-customer-insights-journeys: mktdplp102cdn.azureedge.net mkt.dynamics.com
klaviyo: static.klaviyo.com a.klaviyo.com klaviyo.com/media static-tracking.klaviyo.com fast.a.klaviyo.com
braze: js.appboycdn.com braze.com/api appboycdn.com sdk.iad-01.braze.com
iterable: js.iterable.com api.iterable.com
customer-io: assets.customer.io track.customer.io cdp.customer.io
activecampaign: trackcmp.net diffuser-cdn.app-us1.com app-us1.com
brevo: sibautomation.com sibforms.com cdn.brevo.com in-automate.brevo.com in-automate.sendinblue.com api.brevo.com
intuit-mailchimp: chimpstatic.com list-manage.com
constant-contact: static.ctctcdn.com ctctcdn.com
constant-contact-lead-gen-crm: marketingautomation.services
campaign-monitor: createsend.com
sailthru: ak.sail-horizon.com sail-horizon.com api.sail-track.com
acoustic-connect: goacoustic.com pages05.net sc.pages05.net
act-on: actonsoftware.com marketing.act-on.com
ortto: cdn2l.ink ap3api.com
drip: tag.getdrip.com getdrip.com
kit: f.convertkit.com convertkit.com
getresponse: gr-cdn.com us-wbe.gr-cdn.com
mailerlite: assets.mailerlite.com static.mailerlite.com
omnisend: omnisnippet1.com omnisrc.com
listrak: cdn.listrakbi.com s1.listrakbi.com listrakbi.com
bronto: cdn.bronto.com p.bm23.com
cordial: track.cordial.io
dotdigital: trackedlink.net trackedweb.net dmtrk.net
bloomreach-engagement: api.exponea.com cdn.exponea.com exponea.com
sap-engagement-cloud: scarabresearch.com
blueshift: cdn.getblueshift.com api.getblueshift.com
moengage: cdn.moengage.com
clevertap: wzrkt.com clevertap.com/js clevertap-prod.com
webengage: cdn.widgets.webengage.com ssl.widgets.webengage.com
insider-one: api.useinsider.com useinsider.com
airship: aswpsdkus.com urbanairship.com
onesignal: cdn.onesignal.com
attentive: cdn.attn.tv attn.tv attentivemobile.com
postscript: sdk.postscript.io
zoho-salesiq: salesiq.zoho.com salesiq.zoho.eu salesiq.zohopublic.com
zoho-campaigns: maillist-manage.com zcsend.net
zoho-forms: forms.zohopublic.com
pipedrive: leadbooster-chat.pipedrive.com
freshchat: wchat.freshchat.com wchat.eu.freshchat.com
zoominfo: ws.zoominfo.com ws-assets.zoominfo.com js.zi-scripts.com schedule.zoominfo.com
apollo-io: assets.apollo.io
dun-bradstreet: cdn-0.d41.co d41.co
dealfront: sc.lfeeder.com lftracker.leadfeeder.com lfeeder.com t.echobot.de
6sense: j.6sc.co b.6sc.co epsilon.6sense.com
demandbase-one: tag.demandbase.com scripts.demandbase.com company-target.com
bombora: ml314.com
terminus: cdn.sigstr.net
chili-piper: js.chilipiper.com
calendly: assets.calendly.com
rb2b: s3-us-west-2.amazonaws.com/b2bjsstore b2bjsstore.s3.us-west-2.amazonaws.com
warmly: opps-widget.getwarmly.com
common-room: cdn.cr-relay.com
dreamdata: cdn.dreamdata.cloud
hockeystack: cdn.jsdelivr.net/npm/hockeystack
ruler-analytics: cdn.ruleranalytics.com ruleranalytics.com
triple-whale: triplewhale-pixel.web.app config-security.com
northbeam: j.northbeam.io i.northbeam.io
rockerbox: wdg.rockerbox.com getrockerbox.com
hotjar: static.hotjar.com script.hotjar.com hotjar.com
contentsquare: t.contentsquare.net contentsquare.net clicktale.net cdnssl.clicktale.net
fullstory: edge.fullstory.com fullstory.com/s
quantum-metric: cdn.quantummetric.com
glassbox: cdn.glassboxcdn.com glassboxdigital.io
logrocket: cdn.logrocket.io cdn.lr-ingest.io cdn.lr-in.com
mouseflow: cdn.mouseflow.com
crazy-egg: script.crazyegg.com dnn506yrbagrg.cloudfront.net
lucky-orange: tools.luckyorange.com d10lpsik1i8c69.cloudfront.net cdn.luckyorange.com
smartlook: rec.smartlook.com web-sdk.smartlook.com
matomo: cdn.matomo.cloud matomo.cloud
piwik-pro: containers.piwik.pro piwik.pro
plausible-analytics: plausible.io
fathom-analytics: cdn.usefathom.com
piano-analytics: tag.aticdn.net xiti.com pa-cd.com
parse-ly: cdn.parsely.com d1z2jf7jlzjs58.cloudfront.net
chartbeat: static.chartbeat.com
snowplow: sp.js.snowplow snplow.net
etracker-analytics: code.etracker.com
econda: econda-monitor.de
mapp-cloud: responder.wt-safetag.com wt-eu02.net webtrekk.net wcfbc.net
amplitude: cdn.amplitude.com api.amplitude.com api2.amplitude.com
mixpanel: cdn.mxpnl.com api.mixpanel.com api-js.mixpanel.com api-eu.mixpanel.com
posthog: posthog.com/static us-assets.i.posthog.com eu-assets.i.posthog.com i.posthog.com
heap: cdn.heapanalytics.com heapanalytics.com heap-api.com
twilio-segment: cdn.segment.com api.segment.io
rudderstack: cdn.rudderlabs.com rudderstack.com/v1
mparticle: jssdkcdns.mparticle.com mparticle.com/js
tealium-iq: tags.tiqcdn.com
tealium-audiencestream: collect.tealiumiq.com
treasure-data: cdn.treasuredata.com
blueconic: cdn.blueconic.net blueconic.net
lytics: c.lytics.io
liveramp: rlcdn.com cdn.liveramp.com
lotame: tags.crwdcntrl.net crwdcntrl.net
permutive: cdn.permutive.com permutive.app
ensighten: nexus.ensighten.com
commanders-act: cdn.tagcommander.com trustcommander.net
stape: api.stape.io stapecdn.com/widget
elevar: shopify-gtm-suite.getelevar.com
zaraz: static.zaraz.com
vwo: dev.visualwebsiteoptimizer.com visualwebsiteoptimizer.com
ab-tasty: try.abtasty.com
kameleoon: kameleoon.eu kameleoon.io kameleoon.com/kameleoon.js
convert-experiences: cdn-4.convertexperiments.com convertexperiments.com
optimizely-web-experimentation: cdn.optimizely.com logx.optimizely.com cdn-pci.optimizely.com
dynamic-yield: cdn.dynamicyield.com st.dynamicyield.com
monetate: se.monetate.net
mutiny: client-registry.mutinycdn.com mutinycdn.com
nosto: connect.nosto.com
algolia: algolia.net algolianet.com
klevu: js.klevu.com
coveo: static.cloud.coveo.com
optinmonster: a.omappapi.com a.optmnstr.com a.opmnstr.com
justuno: cdn.justuno.com my.jst.ai
privy: widget.privy.com
wisepops: wisepops.net loader.wisepops.com
wunderkind: tag.bounceexchange.com bounceexchange.com tag.wknd.ai
onetrust: cdn.cookielaw.org cookielaw.org optanon.blob.core.windows.net cookie-cdn.cookiepro.com
cookiebot: consent.cookiebot.com consent.cookiebot.eu consentcdn.cookiebot.com
usercentrics: app.usercentrics.eu web.cmp.usercentrics.eu privacy-proxy.usercentrics.eu usercentrics.eu
trustarc: consent.trustarc.com consent.truste.com
didomi: sdk.privacy-center.org privacy-center.org
sourcepoint: cdn.privacy-mgmt.com sourcepoint.mgr.consensu.org
osano: cmp.osano.com
cookieyes: cdn-cookieyes.com
iubenda: cdn.iubenda.com cs.iubenda.com
termly: app.termly.io
inmobi-cmp: cmp.inmobi.com quantcast.mgr.consensu.org cmp.quantcast.com
ketch: global.ketchcdn.com
transcend: transcend-cdn.com cdn.transcend.io
securiti: cdn-prod.securiti.ai
axeptio: static.axept.io client.axept.io
consentmanager: delivery.consentmanager.net cdn.consentmanager.net consentmanager.mgr.consensu.org
trustpilot: widget.trustpilot.com invitejs.trustpilot.com
yotpo: staticw2.yotpo.com cdn-widgetsrepository.yotpo.com api.yotpo.com
bazaarvoice: apps.bazaarvoice.com display.ugc.bazaarvoice.com bazaarvoice.com/deployments
powerreviews: ui.powerreviews.com static.powerreviews.com
feefo: api.feefo.com register.feefo.com
okendo: cdn-static.okendo.io
stamped: cdn1.stamped.io
judge-me: cdn.judge.me judgeme.imgix.net
smile-io: js.smile.io
loyaltylion: sdk.loyaltylion.net
friendbuy: static.fbot.me djnf6e5yyirys.cloudfront.net
extole: extole.io
mention-me: tag.mention-me.com tag-demo.mention-me.com
capterra: ct.capterra.com
g2: tracking.g2crowd.com
intercom: widget.intercom.io js.intercomcdn.com
drift: js.driftt.com
livechat: cdn.livechatinc.com
tidio: code.tidio.co
crisp: client.crisp.chat
tawk-to: embed.tawk.to
olark: static.olark.com
liveperson: lptag.liveperson.net
manychat: widget.manychat.com
landbot: cdn.landbot.io static.landbot.io
ada: static.ada.support
zendesk: static.zdassets.com ekr.zdassets.com
gorgias: config.gorgias.chat
help-scout: beacon-v2.helpscout.net
front: chat-assets.frontapp.com
kustomer: cdn.kustomerapp.com
gladly: cdn.gladly.com
channel-io: cdn.channel.io
pendo: cdn.pendo.io
appcues: fast.appcues.com
walkme: cdn.walkme.com
userpilot: js.userpilot.io
chameleon: fast.trychameleon.com
productboard: cdn.productboard.com
callrail: cdn.callrail.com
invoca: solutions.invocacdn.com invocacdn.com
calltrackingmetrics: cdn.calltrk.com tctm.co tracking.calltrackingmetrics.com
infinity: ict.infinity-tracking.net
marchex: rw1.marchex.io
typeform: embed.typeform.com
jotform: form.jotform.com/jsform
formstack: formstack.com/forms/js.php
unbounce: ubembed.com
qualtrics: siteintercept.qualtrics.com
medallia: nebula-cdn.kampyle.com medallia.com/resources
surveymonkey: widget.surveymonkey.com
survicate: survey.survicate.com
sprig: cdn.sprig.com
delighted: d2yyd1h5u9mauk.cloudfront.net
siteimprove: siteimproveanalytics.com
silktide: analytics.silktide.com
userway: cdn.userway.org
accessibe: acsbapp.com acsbap.com
weglot: cdn.weglot.com
pingdom: rum-static.pingdom.net
chartbeat: static.chartbeat.com
wistia: fast.wistia.com
vidyard: play.vidyard.com
appsflyer: websdk.appsflyer.com
adjust: cdn.adjust.com
branch: cdn.branch.io
kochava: assets.kochava.com
singular: web-sdk-cdn.singular.net
launchdarkly: app.launchdarkly.com
statsig: cdn.jsdelivr.net/npm/@statsig
klarna: js.klarna.com klarnaservices.com
shopify: cdn.shopify.com/s/trekkie
google-workspace: docs.google.com/forms sheets.googleapis.com script.google.com/macros script.google.com/a
bigquery: bigquery.googleapis.com
zapier: hooks.zapier.com
make: hook.make.com hook.integromat.com hook.eu1.make.com hook.eu2.make.com hook.us1.make.com
n8n: app.n8n.cloud
slack: hooks.slack.com
fundraise-up: cdn.fundraiseup.com
engaging-networks: e-activist.com aaf1a18515da0e792f78-c27fdabe952dfc357fe25ebf5c8897ee.ssl.cf5.rackcdn.com
= Yandex Metrica: mc.yandex.ru mc.yandex.com
= Adform: track.adform.net adform.net
= Comscore: scorecardresearch.com
= Lead Forensics: secure.leadforensics.com leadforensics.com
= Albacross: serve.albacross.com
= Sleeknote: sleeknotecustomerscripts.sleeknote.com
= OptiMonk: onsite.optimonk.com
= TradeTracker: tm.tradetracker.net tradetracker.net
= Tradedoubler: tbs.tradedoubler.com swrap.tradedoubler.com
= Mopinion: deploy.mopinion.com
= Usabilla: w.usabilla.com
= Nextdoor Ads: ads.nextdoor.com
= Simpli.fi: tag.simpli.fi
= SaleCycle: salecycle.com
= Yieldify: td.yieldify.com
= Sklik: c.seznam.cz c.imedia.cz
= Cookie Script: cdn.cookie-script.com
= CookieFirst: consent.cookiefirst.com
= CookieHub: cookiehub.net cdn.cookiehub.eu
= Civic Cookie Control: cc.cdn.civiccomputing.com
= Enzuzo: app.enzuzo.com
= ClickCease: clickcease.com
= Podscribe: d34r8q7sht0t9k.cloudfront.net
= Vibe.co: s.vibe.co
= AppLovin: s.axon.ai c.albss.com
= Kwanko: kwanko.com
= Sovendus: api.sovendus.com
= Trusted Shops: widgets.trustedshops.com
= ShopVote: widgets.shopvote.de
= Effiliation: track.effiliation.com
= Belboon: belboon.com
= Eulerian: ea.eulerian.net
= Userlike: userlike-cdn-widgets.s3-eu-west-1.amazonaws.com
= Sentry: browser.sentry-cdn.com js.sentry-cdn.com
= New Relic: js-agent.newrelic.com
= Datadog: datadoghq-browser-agent.com
"""

HINTS: Final = {
    "youtube": re.compile(r"youtube\.com/(?:iframe_api|player_api)|\bYT\.Player\b"),
    "vimeo": re.compile(r"player\.vimeo\.com/api|froogaloop|\bVimeo\.Player\b", re.IGNORECASE),
    "klaviyo": re.compile(r"['\"]klaviyoForms['\"]"),
    "attentive": re.compile(r"__attentive\b"),
    "postscript": re.compile(r"['\"]CollectedEmailEvent['\"]"),
    "hubspot-marketing-hub": re.compile(r"hsFormCallback|onFormSubmitted"),
    "calendly": re.compile(r"calendly\.event_scheduled|calendly\.(?:event|date|profile)"),
    "typeform": re.compile(r"form-submit['\"].{0,80}typeform", re.IGNORECASE | re.DOTALL),
    "contact-form-7": re.compile(r"wpcf7mailsent|wpcf7submit"),
    "gravity-forms": re.compile(r"gform_confirmation_loaded"),
    "stape": re.compile(r"stapecdn\.com|\.stape\.(?:io|net|dev)\b"),
    "drift": re.compile(r"\bdrift\.on\("),
    "intercom": re.compile(r"Intercom\(\s*['\"]on"),
}
"""Code that listens to a vendor's widget: the vendor is there, but this tag sends it nothing."""

_MARKERS: Final = (
    ("meta-ads", r"\bfbq\s*\("),
    ("linkedin-campaign-manager", r"_linkedin_(?:data_)?partner_id|\blintrk\s*\("),
    ("tiktok-ads-manager", r"\bttq\.(?:load|page|track|identify|instance)\b|TiktokAnalyticsObject"),
    ("snapchat-ads", r"\bsnaptr\s*\("),
    ("pinterest-ads", r"\bpintrk\s*\("),
    ("x-ads", r"\btwq\s*\(|twttr\.conversion"),
    ("reddit-ads", r"\brdt\s*\("),
    ("quora-ads", r"\bqp\s*\(\s*['\"](?:init|track)"),
    ("microsoft-advertising", r"\buetq\b"),
    ("microsoft-clarity", r"\bclarity\s*\(\s*['\"](?:set|consent|event|identify|upgrade)"),
    ("criteo", r"\bcriteo_q\b"),
    ("adroll", r"\badroll_adv_id\b"),
    ("taboola", r"\b_tfa\.push|\b_taboola\.push"),
    ("teads", r"\bobApi\s*\(|\bteads_e\b"),
    ("quantcast", r"\b_qevents\b"),
    ("the-trade-desk", r"\bTTDUniversalPixelApi\b"),
    ("stackadapt", r"\bsaq\s*\(\s*['\"](?:ts|conv|rt)"),
    ("impact-com", r"\bire\s*\(\s*['\"](?:identify|trackConversion)"),
    ("awin", r"\bAWIN\.Tracking\b"),
    ("hotjar", r"\bhj\s*\(\s*['\"]|_hjSettings"),
    ("hubspot-marketing-hub", r"\b_hsq\b|\bhbspt\.|\b_hsp\b"),
    ("klaviyo", r"\b_learnq\b|\bklaviyo\.(?:push|identify|track|init)|\b_klOnsite\b"),
    ("adobe-marketo-engage", r"\bMunchkin\.(?:init|munchkinFunction)|\bMktoForms2\."),
    ("salesforce-marketing-cloud-account-engagement", r"\bpiAId\b|\bpiTracker\b"),
    ("salesforce-marketing-cloud-engagement", r"\b_etmc\.push"),
    ("oracle-eloqua", r"\b_elqQ\b"),
    ("activecampaign", r"\bvgo\s*\(\s*['\"]|\btrackcmp_email\b"),
    ("brevo", r"\bsendinblue\.|\bBrevo\.push|\bsib\.(?:client_key|equeue)"),
    ("braze", r"\bbraze\.(?:initialize|logCustomEvent)|\bappboy\.initialize"),
    ("customer-io", r"\b_cio\.(?:identify|track|page|load)"),
    ("iterable", r"\b_iaq\.push"),
    ("omnisend", r"\bomnisend\.push"),
    ("sap-engagement-cloud", r"\bScarabQueue\.push"),
    ("bloomreach-engagement", r"\bexponea\.(?:start|track|identify|initialize)"),
    ("drip", r"\b_dcq\.push"),
    ("mixpanel", r"\bmixpanel\.(?:init|track|identify)"),
    ("amplitude", r"\bamplitude\.(?:init|getInstance|track|logEvent)"),
    ("heap", r"\bheap\.(?:load|track|identify|addUserProperties)"),
    ("posthog", r"\bposthog\.(?:init|capture|identify)"),
    ("fullstory", r"\b_fs_org\b|\bFS\.(?:identify|event|setUserVars)"),
    ("contentsquare", r"\b_uxa\b"),
    ("mouseflow", r"\b_mfq\b"),
    ("lucky-orange", r"\b__lo_site_id\b"),
    ("matomo", r"\b_paq\b"),
    ("adobe-analytics", r"\bAppMeasurement\b|\bs\.tl?\s*\(\s*(?:\)|this|true)"),
    ("adobe-target", r"\bmboxCreate\b|\badobe\.target\b"),
    ("pendo", r"\bpendo\.(?:initialize|track|identify)"),
    ("vwo", r"\b_vwo_code\b|\b_vis_opt_"),
    ("optimizely-web-experimentation", r"\boptimizely\.push"),
    ("intercom", r"\bintercomSettings\b|\bIntercom\s*\(\s*['\"](?:boot|update|trackEvent)"),
    ("drift", r"\bdrift\.(?:load|identify|track)"),
    ("crisp", r"\bCRISP_WEBSITE_ID\b"),
    ("tawk-to", r"\bTawk_API\b"),
    ("livechat", r"\b__lc\.license\b"),
    ("zendesk", r"\bzESettings\b|\bzE\s*\(\s*['\"]"),
    ("onetrust", r"\bOptanonWrapper\b|\bOneTrust\."),
    ("cookiebot", r"\bCookiebot\.(?:consent|renew|show)|data-cbid"),
    ("usercentrics", r"\bUC_UI\b|usercentrics-cmp"),
    ("didomi", r"\bdidomiOnReady\b|\bdidomiConfig\b"),
    ("axeptio", r"\baxeptioSettings\b"),
    ("iubenda", r"\b_iub\.csConfiguration\b"),
    ("6sense", r"\b_6si\b"),
    ("dealfront", r"\bldfdr\b"),
    ("qualified", r"\bQualifiedObject\b|\bqualified\s*\(\s*['\"]"),
    ("google-optimize", r"optimize_id|google_optimize\."),
    ("google-analytics-4", r"['\"]config['\"]\s*,\s*['\"]G-[A-Z0-9]+"),
    ("google-ads", r"['\"](?:AW-\d+)|\bgoogle_conversion_id\b|gtag_report_conversion"),
    ("campaign-manager-360", r"['\"]DC-\d+"),
    (
        "universal-analytics",
        r"\b_gaq\.push|\bga\s*\(\s*['\"](?:create|send|[\w.]+\.send|ecommerce:)",
    ),
)

EVENT_CALLS: Final = tuple(
    (product, re.compile(pattern))
    for product, pattern in (
        (
            "meta-ads",
            r"\bfbq\s*\(\s*['\"]track\w*['\"]\s*,\s*(?:['\"]\d+['\"]\s*,\s*)?['\"]([^'\"]+)",
        ),
        ("meta-ads", r"facebook\.com/tr\?[^'\"\s>]*\bev=(\w+)"),
        ("tiktok-ads-manager", r"\bttq\.track\s*\(\s*['\"]([^'\"]+)"),
        ("snapchat-ads", r"\bsnaptr\s*\(\s*['\"]track['\"]\s*,\s*['\"]([^'\"]+)"),
        ("pinterest-ads", r"\bpintrk\s*\(\s*['\"]track['\"]\s*,\s*['\"]([^'\"]+)"),
        ("x-ads", r"\btwq\s*\(\s*['\"](?:track|event)['\"]\s*,\s*['\"]([^'\"]+)"),
        ("reddit-ads", r"\brdt\s*\(\s*['\"]track['\"]\s*,\s*['\"]([^'\"]+)"),
        ("quora-ads", r"\bqp\s*\(\s*['\"]track['\"]\s*,\s*['\"]([^'\"]+)"),
        ("klaviyo", r"\bklaviyo\.track\s*\(\s*['\"]([^'\"]+)"),
        ("klaviyo", r"_learnq\.push\s*\(\s*\[\s*['\"]track['\"]\s*,\s*['\"]([^'\"]+)"),
        ("criteo", r"\bevent\s*:\s*['\"](track\w+|view\w+)"),
        ("mixpanel", r"\bmixpanel\.track\s*\(\s*['\"]([^'\"]+)"),
        ("amplitude", r"\bamplitude\.(?:track|logEvent)\s*\(\s*['\"]([^'\"]+)"),
        ("google-analytics-4", r"\bgtag\s*\(\s*['\"]event['\"]\s*,\s*['\"]([^'\"]+)"),
        ("google-ads", r"\bgtag\s*\(\s*['\"]event['\"]\s*,\s*['\"](conversion)['\"]"),
        ("google-ads", r"googleadservices\.com/pagead/(conversion)"),
        ("universal-analytics", r"ecommerce:(send)|\b_trackTrans\b"),
        ("impact-com", r"\bire\s*\(\s*['\"](trackConversion)"),
        ("awin", r"\bAWIN\.Tracking\.(Sale)"),
        (
            "linkedin-campaign-manager",
            r"\blintrk\s*\(\s*['\"]track['\"]\s*,\s*\{\s*(conversion)_id",
        ),
        ("linkedin-campaign-manager", r"linkedin\.com/collect/\?[^'\"\s>]*(conversion)Id"),
        ("adobe-marketo-engage", r"\bMunchkin\.munchkinFunction\s*\(\s*['\"](\w+)"),
        ("hubspot-marketing-hub", r"_hsq\.push\s*\(\s*\[\s*['\"](track\w+)"),
    )
)
"""How a vendor's own calls name an event."""

LIBRARIES: Final = frozenset(
    """cdnjs.cloudflare.com ajax.googleapis.com fonts.googleapis.com fonts.gstatic.com gstatic.com
    code.jquery.com cdn.jsdelivr.net unpkg.com maxcdn.bootstrapcdn.com stackpath.bootstrapcdn.com
    kit.fontawesome.com use.fontawesome.com use.typekit.net polyfill.io cdn.polyfill.io w3.org
    schema.org ajax.aspnetcdn.com cdn.ampproject.org googletagmanager.com google.com maps.google.com
    maps.googleapis.com youtube.com player.vimeo.com example.com github.com gtm-msr.appspot.com
    stapecdn.com googleapis.com oauth2.googleapis.com accounts.google.com""".split()
)
"""Hosts of libraries, players and documents, which are no marketing tool of their own."""


def _read() -> tuple[dict[str, str], dict[str, list[tuple[str, str]]]]:
    plain: dict[str, str] = {}
    paths: dict[str, list[tuple[str, str]]] = {}
    for line in _HOSTS.strip().splitlines():
        product, _, hosts = line.rpartition(": ")
        for entry in hosts.split():
            host, slash, path = entry.partition("/")
            if slash:
                paths.setdefault(host, []).append((path, product))
            else:
                plain[host] = product
    return plain, paths


_PLAIN, _PATHS = _read()
MARKERS: Final = tuple((product, re.compile(pattern)) for product, pattern in _MARKERS)


def vendor_of(host: str, path: str = "") -> str | None:
    """Return the product of a host: an id of the catalogue, or ``= Name`` for one in none."""
    host = host.lower().removeprefix("www.")
    path = path.lstrip("/")
    parts = host.split(".")
    for start in range(len(parts) - 1):
        below = ".".join(parts[start:])
        for prefix, product in _PATHS.get(below, ()):
            if path.startswith(prefix):
                return product
        if below in _PLAIN:
            return _PLAIN[below]
    return None


def is_library(host: str) -> bool:
    """Tell whether a host serves libraries or players and names no tool."""
    host = host.lower().removeprefix("www.")
    return any(host == known or host.endswith(f".{known}") for known in LIBRARIES)
