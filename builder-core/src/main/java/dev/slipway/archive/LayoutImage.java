package dev.slipway.archive;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.ImageSource;
import dev.slipway.oci.Index;
import dev.slipway.oci.VerifyingInputStream;
import dev.slipway.tree.Content;
import java.io.IOException;
import java.io.InputStream;

/** One image of an OCI layout. */
final class LayoutImage implements ImageSource {
  private final ArchiveFiles files;
  private final Descriptor root;
  private final Index index;

  LayoutImage(ArchiveFiles files, Descriptor root, Index index) {
    this.files = files;
    this.root = root;
    this.index = index;
  }

  @Override
  public String name() {
    return files.where();
  }

  @Override
  public Descriptor root() {
    return root;
  }

  @Override
  public byte[] document(Descriptor descriptor) throws IOException {
    if (descriptor.digest().equals(index.digest())) {
      return index.bytes();
    }
    if (descriptor.size() > ImageConfig.MAX_SIZE) {
      throw new ArchiveException(
          descriptor.digest() + " is too large for a document: " + descriptor.size() + " bytes");
    }
    try (InputStream in = blob(descriptor)) {
      return in.readAllBytes();
    }
  }

  @Override
  public InputStream blob(Descriptor descriptor) throws IOException {
    String name = "blobs/" + descriptor.digest().algorithm() + "/" + descriptor.digest().hex();
    Content content = files.find(name);
    if (content == null) {
      throw new ArchiveException(
          "\"" + files.where() + "\" has no blob " + descriptor.digest(),
          "the layout is not complete",
          null);
    }
    return new VerifyingInputStream(content.open(), descriptor);
  }

  /** The archive is closed by whoever opened it. */
  @Override
  public void close() {}
}
