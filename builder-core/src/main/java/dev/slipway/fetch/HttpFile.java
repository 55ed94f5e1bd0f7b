package dev.slipway.fetch;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file that was downloaded.
 *
 * @param path where its bytes are
 * @param sha256 of the bytes, lower-case hexadecimal
 * @param fileName as the server or the URL names it; empty if neither does
 * @param lastModified as the server says, or null
 */
public record HttpFile(
    Path path, long size, String sha256, String fileName, @Nullable Instant lastModified) {}
