package dev.slipway.layer;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The only class that knows zstd-jni: where zstd is not used, the library need not be there. */
final class ZstdStreams {
  // What zstd --long does not need to be told to accept; more is only asked for to exhaust memory.
  private static final int MAX_WINDOW_LOG = 27;

  private ZstdStreams() {}

  static InputStream decompress(InputStream in) throws IOException {
    ZstdInputStreamNoFinalizer zstd = new ZstdInputStreamNoFinalizer(in);
    zstd.setLongMax(MAX_WINDOW_LOG);
    return new FilterInputStream(zstd) {
      @Override
      public int read(byte[] buffer, int start, int length) throws IOException {
        try {
          return in.read(buffer, start, length);
        } catch (ZstdIOException e) {
          throw new LayerException("malformed zstd stream: " + e.getMessage(), e);
        }
      }
    };
  }

  /**
   * @param workers at least 1: the bytes are the same for any number of them, but not for none
   */
  static OutputStream compress(OutputStream out, int level, int workers) throws IOException {
    ZstdOutputStreamNoFinalizer zstd = new ZstdOutputStreamNoFinalizer(out, level);
    zstd.setWorkers(Math.max(1, workers));
    zstd.setChecksum(true);
    return zstd;
  }
}
