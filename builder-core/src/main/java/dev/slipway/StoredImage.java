package dev.slipway;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Image;
import dev.slipway.oci.ImageSource;
import java.io.IOException;
import java.io.InputStream;

/**
 * An image whose documents are at hand. Its layers are those of another source, which the store
 * keeps where it has read them once.
 */
final class StoredImage implements ImageSource {
  private final String name;
  private final Image image;
  private final ImageSource layers;

  /**
   * @param layers closed with this
   */
  StoredImage(String name, Image image, ImageSource layers) {
    this.name = name;
    this.image = image;
    this.layers = layers;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Descriptor root() {
    return image.manifest().descriptor();
  }

  @Override
  public byte[] document(Descriptor descriptor) throws IOException {
    if (descriptor.digest().equals(root().digest())) {
      return image.manifest().bytes();
    }
    return descriptor.digest().equals(image.manifest().config().digest())
        ? image.configBytes()
        : layers.document(descriptor);
  }

  @Override
  public InputStream blob(Descriptor descriptor) throws IOException {
    return layers.blob(descriptor);
  }

  @Override
  public void close() throws IOException {
    layers.close();
  }
}
