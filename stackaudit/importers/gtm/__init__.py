"""Google Tag Manager: container exports and API answers, web, server and app."""
