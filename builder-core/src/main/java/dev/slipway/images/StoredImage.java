package dev.slipway.images;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.ForwardingImageSource;
import dev.slipway.oci.Image;
import dev.slipway.oci.ImageSource;
import java.io.IOException;

/**
 * An image whose documents are at hand. Its layers are those of another source, which the store
 * keeps where it has read them once.
 */
final class StoredImage extends ForwardingImageSource {
  private final String name;
  private final Image image;

  /**
   * @param layers closed with this
   */
  StoredImage(String name, Image image, ImageSource layers) {
    super(layers);
    this.name = name;
    this.image = image;
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
        : super.document(descriptor);
  }
}
