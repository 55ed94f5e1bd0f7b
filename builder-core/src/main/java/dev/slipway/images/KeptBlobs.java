package dev.slipway.images;

import dev.slipway.layer.BlockInputStream;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.ForwardingImageSource;
import dev.slipway.oci.ImageSource;
import dev.slipway.store.BlobWriter;
import dev.slipway.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** An image whose layers are taken from the store where it has them, and kept there once read. */
final class KeptBlobs extends ForwardingImageSource {
  private final Store store;

  /**
   * @param source closed with this
   */
  KeptBlobs(ImageSource source, Store store) {
    super(source);
    this.store = store;
  }

  @Override
  public InputStream blob(Descriptor descriptor) throws IOException {
    Optional<InputStream> kept = store.blobs().open(descriptor);
    return kept.isPresent()
        ? kept.get()
        : new Copying(
            super.blob(descriptor), store.blobs().writer(descriptor.digest(), descriptor.size()));
  }

  /** Writes what is read; kept only if it is read to its end. */
  private static final class Copying extends BlockInputStream {
    private final InputStream in;
    private final BlobWriter copy;

    Copying(InputStream in, BlobWriter copy) {
      this.in = in;
      this.copy = copy;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = in.read(buffer, offset, length);
      if (count > 0) {
        copy.write(buffer, offset, count);
      } else if (count < 0) {
        copy.commit();
      }
      return count;
    }

    @Override
    public void close() throws IOException {
      try (copy) {
        in.close();
      }
    }
  }
}
