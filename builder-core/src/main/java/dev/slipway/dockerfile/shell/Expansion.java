package dev.slipway.dockerfile.shell;

import java.util.List;
import java.util.Set;

/**
 * What a word expands to.
 *
 * @param value as one word
 * @param words split at blanks that are not quoted
 * @param used the variables that the word names and that are set, in the order of their first use
 * @param unmatched the variables that the word names and that are not set
 */
public record Expansion(
    String value, List<String> words, Set<String> used, Set<String> unmatched) {}
