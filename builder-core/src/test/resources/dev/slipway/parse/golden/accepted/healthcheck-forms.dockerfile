FROM a
HEALTHCHECK NONE
HEALTHCHECK none
HEALTHCHECK --interval=0 --retries=0 CMD ["check", "it"]
healthcheck cmd x
