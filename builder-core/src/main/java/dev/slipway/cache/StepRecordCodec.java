package dev.slipway.cache;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.DiffId;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Image;
import dev.slipway.oci.MediaType;
import dev.slipway.oci.OciException;
import dev.slipway.store.LayerId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The form that records have on disk: version, canonical key, layer, time, and of a shared layer
 * {@code mediaType digest size diffId} as text.
 */
final class StepRecordCodec {
  private static final byte VERSION = 1;
  private static final int KEY = 32;
  private static final int TIME = 12;
  private static final int HEAD = 1 + KEY + KEY + TIME;

  private StepRecordCodec() {}

  static byte[] encode(StepRecord record) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(HEAD);
    out.write(VERSION);
    out.writeBytes(HexFormat.of().parseHex(record.canonicalKey().hex()));
    out.writeBytes(HexFormat.of().parseHex(record.layer().hex()));
    Instant created = record.created();
    out.writeBytes(
        ByteBuffer.allocate(TIME)
            .putLong(created.getEpochSecond())
            .putInt(created.getNano())
            .array());
    Image.Layer blob = record.blob();
    if (blob != null) {
      Descriptor descriptor = blob.descriptor();
      String text =
          descriptor.mediaType()
              + " "
              + descriptor.digest()
              + " "
              + descriptor.size()
              + " "
              + blob.diffId();
      out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  static Optional<StepRecord> decode(byte[] bytes) {
    if (bytes.length < HEAD || bytes[0] != VERSION) {
      return Optional.empty();
    }
    ByteBuffer time = ByteBuffer.wrap(bytes, 1 + KEY + KEY, TIME);
    try {
      return Optional.of(
          new StepRecord(
              new CacheKey(HexFormat.of().formatHex(bytes, 1, 1 + KEY)),
              new LayerId(HexFormat.of().formatHex(bytes, 1 + KEY, 1 + KEY + KEY)),
              Instant.ofEpochSecond(time.getLong(), time.getInt()),
              blob(new String(bytes, HEAD, bytes.length - HEAD, StandardCharsets.UTF_8))));
    } catch (OciException | IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Image.@Nullable Layer blob(String text) {
    if (text.isEmpty()) {
      return null;
    }
    String[] parts = text.split(" ", -1);
    if (parts.length != 4) {
      throw new IllegalArgumentException("not a layer: " + text);
    }
    Descriptor descriptor =
        new Descriptor(new MediaType(parts[0]), Digest.parse(parts[1]), Long.parseLong(parts[2]));
    return new Image.Layer(descriptor, DiffId.parse(parts[3]));
  }
}
