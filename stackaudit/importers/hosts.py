"""Which product the host of an API or a site belongs to, where it surely is one product's."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from stackaudit.catalogue.model import Catalogue

API_HOSTS: Final = {
    "hubapi.com": "hubspot-marketing-hub",
    "hubspot.com": "hubspot-marketing-hub",
    "force.com": "salesforce-sales-cloud",
    "salesforce.com": "salesforce-sales-cloud",
    "exacttargetapis.com": "salesforce-marketing-cloud-engagement",
    "marketingcloudapis.com": "salesforce-marketing-cloud-engagement",
    "pardot.com": "salesforce-marketing-cloud-account-engagement",
    "mktorest.com": "adobe-marketo-engage",
    "activehosted.com": "activecampaign",
    "api-us1.com": "activecampaign",
    "mailchimp.com": "intuit-mailchimp",
    "mandrillapp.com": "mailchimp-transactional",
    "sendinblue.com": "brevo",
    "sendgrid.com": "twilio-sendgrid",
    "api.twilio.com": "twilio-messaging",
    "segment.io": "twilio-segment",
    "segment.com": "twilio-segment",
    "segmentapis.com": "twilio-segment",
    "myshopify.com": "shopify",
    "slack.com": "slack",
    "graph.facebook.com": "",
    "ads-twitter.com": "x-ads",
    "ads-api.twitter.com": "x-ads",
    "business-api.tiktok.com": "tiktok-ads-manager",
    "adsapi.snapchat.com": "snapchat-ads",
    "googleads.googleapis.com": "google-ads",
    "analyticsdata.googleapis.com": "google-analytics-4",
    "google-analytics.com": "google-analytics-4",
    "sheets.googleapis.com": "google-sheets",
    "bigquery.googleapis.com": "bigquery",
    "searchconsole.googleapis.com": "google-search-console",
    "gmail.googleapis.com": "google-workspace",
    "drive.googleapis.com": "google-workspace",
    "docs.googleapis.com": "google-workspace",
    "people.googleapis.com": "google-workspace",
    "storage.googleapis.com": "google-cloud-storage",
    "generativelanguage.googleapis.com": "gemini",
    "youtube.googleapis.com": "youtube",
    "firestore.googleapis.com": "firebase",
    "fcm.googleapis.com": "firebase",
    "api.openai.com": "chatgpt",
    "api.anthropic.com": "claude",
    "api.perplexity.ai": "perplexity",
    "intercom.io": "intercom",
    "api.telegram.org": "telegram",
    "discord.com": "discord",
    "discordapp.com": "discord",
    "graph.microsoft.com": "microsoft-365",
    "bingads.microsoft.com": "microsoft-advertising",
    "crm.dynamics.com": "microsoft-dynamics-365-sales",
    "notion.com": "notion",
    "notion.so": "notion",
    "typeform.com": "typeform",
    "clearbit.com": "hubspot-breeze-intelligence",
    "hook.make.com": "make",
    "make.com": "make",
    "integromat.com": "make",
    "zapier.com": "zapier",
    "myfreshworks.com": "freshsales",
    "freshdesk.com": "freshdesk",
    "zendesk.com": "zendesk",
    "zohoapis.com": "zoho-crm",
    "zohoapis.eu": "zoho-crm",
    "atlassian.net": "jira",
    "snowflakecomputing.com": "snowflake",
    "chargebee.com": "chargebee",
    "braze.com": "braze",
    "braze.eu": "braze",
    "moengage.com": "moengage",
    "klaviyo.com": "klaviyo",
    "postmarkapp.com": "postmark",
    "api.linkedin.com": "",
    "api.twitter.com": "",
    "api.x.com": "",
}
"""Hosts of APIs, by their vendors' public documentation → product; empty: one of several."""
NAMES: Final = {
    "api.linkedin.com": "LinkedIn",
    "api.twitter.com": "X (Twitter)",
    "api.x.com": "X (Twitter)",
    "graph.facebook.com": "Facebook",
}


@lru_cache(maxsize=4)
def _domains(catalogue: Catalogue) -> dict[str, str]:
    """Return the domains of products that no other product shares, → id."""
    shared: dict[str, list[str]] = {}
    for product in catalogue.products.values():
        if product.domain:
            shared.setdefault(product.domain.casefold(), []).append(product.id)
    return {domain: ids[0] for domain, ids in shared.items() if len(ids) == 1}


def product_of(catalogue: Catalogue, host: str) -> str | None:
    """Return the id of the product that a host belongs to: by the longest ending that is known."""
    host = host.casefold().rstrip(".")
    labels = host.split(".")
    domains = _domains(catalogue)
    for start in range(len(labels) - 1):
        ending = ".".join(labels[start:])
        if ending in API_HOSTS:
            return API_HOSTS[ending] or None
        if ending in domains:
            return domains[ending]
    return None


def name_of(host: str) -> str:
    """Return what a host without a product is called."""
    return NAMES.get(host.casefold(), host.casefold().removeprefix("www."))
