package dev.slipway.cache;

/**
 * One named part of a key, kept so that a miss can be explained.
 *
 * @param name what it is, for people: {@code env PATH}, {@code user}, {@code file /src/a.c}
 * @param value the value itself if it is short, otherwise {@code sha256:} and its hash
 */
public record KeyField(String name, String value) {}
