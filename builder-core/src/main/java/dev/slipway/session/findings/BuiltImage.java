package dev.slipway.session.findings;

import dev.slipway.export.ExportedImages.ImageWithLayers;
import dev.slipway.export.OfferedLayer;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.ImageSource;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/** An image that was just built, to be looked into as any other. */
final class BuiltImage implements ImageSource {
  private final ImageWithLayers image;

  BuiltImage(ImageWithLayers image) {
    this.image = image;
  }

  @Override
  public String name() {
    return "image " + image.image().manifest().digest();
  }

  @Override
  public Descriptor root() {
    return image.image().manifest().descriptor();
  }

  @Override
  public byte[] document(Descriptor descriptor) {
    return descriptor.digest().equals(root().digest())
        ? image.image().manifest().bytes()
        : image.image().configBytes();
  }

  @Override
  public InputStream blob(Descriptor descriptor) throws IOException {
    for (OfferedLayer layer : image.layers()) {
      if (layer.descriptor().digest().equals(descriptor.digest())) {
        return layer.content().open();
      }
    }
    throw new FileNotFoundException("no blob " + descriptor.digest());
  }

  @Override
  public void close() {}
}
