package dev.slipway.layer;

import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.MemoryLimitException;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * The only class that knows commons-compress: it is not there in every program that reads layers.
 */
final class OtherCompressions {
  // xz -9 needs 65 MiB to be read.
  private static final int MAX_MEMORY_KIB = 128 << 10;

  private OtherCompressions() {}

  static InputStream bzip2(InputStream in) throws IOException {
    return new BZip2CompressorInputStream(in, true);
  }

  static InputStream xz(InputStream in) throws IOException {
    try {
      return XZCompressorInputStream.builder()
          .setInputStream(in)
          .setDecompressConcatenated(true)
          .setMemoryLimitKiB(MAX_MEMORY_KIB)
          .get();
    } catch (MemoryLimitException e) {
      throw new LayerException("xz stream needs more than 128 MiB of memory", e);
    }
  }
}
