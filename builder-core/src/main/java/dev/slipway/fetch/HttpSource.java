package dev.slipway.fetch;

import org.jspecify.annotations.Nullable;

/**
 * A file to download.
 *
 * @param url http or https; a user and password in it are sent to that host only
 * @param sha256 what the content must hash to, lower-case hexadecimal, or null
 * @param maxBytes more than that is an error
 */
public record HttpSource(String url, @Nullable String sha256, long maxBytes) {}
