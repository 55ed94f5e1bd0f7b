package dev.slipway.oci;

import java.io.IOException;
import java.io.InputStream;

/** An image that is another one but for what a subclass says. Closes the other. */
public abstract class ForwardingImageSource implements ImageSource {
  private final ImageSource source;

  protected ForwardingImageSource(ImageSource source) {
    this.source = source;
  }

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public Descriptor root() throws IOException {
    return source.root();
  }

  @Override
  public byte[] document(Descriptor descriptor) throws IOException {
    return source.document(descriptor);
  }

  @Override
  public InputStream blob(Descriptor descriptor) throws IOException {
    return source.blob(descriptor);
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
