package dev.slipway.inspect.account;

import dev.slipway.inspect.ElfDynamic;
import dev.slipway.oci.Digest;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of a file's content while it went by.
 *
 * @param elf how it is linked; null for what is no ELF file
 * @param strippable the bytes of it that only a debugger reads
 * @param zeros how many of its bytes are zero
 * @param secret what secret it holds, as {@code private key}; null for none
 */
public record FileFacts(
    Digest digest,
    @Nullable ElfDynamic elf,
    long strippable,
    long zeros,
    @Nullable String secret) {}
