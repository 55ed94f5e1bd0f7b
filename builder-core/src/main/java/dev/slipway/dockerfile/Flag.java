package dev.slipway.dockerfile;

import dev.slipway.diagnostic.SourceSpan;
import org.jspecify.annotations.Nullable;

/**
 * A flag of an instruction, as {@code --from=build}.
 *
 * @param name without the dashes
 * @param value as written, not expanded; null where there is no equals sign
 * @param span the whole flag
 */
public record Flag(String name, @Nullable Word value, SourceSpan span) {}
