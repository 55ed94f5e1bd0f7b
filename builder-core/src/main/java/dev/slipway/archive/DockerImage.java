package dev.slipway.archive;

import dev.slipway.layer.Compression;
import dev.slipway.layer.Decompression;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.DiffId;
import dev.slipway.oci.Digest;
import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.ImageSource;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaType;
import dev.slipway.oci.VerifyingInputStream;
import dev.slipway.tree.Content;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One image of a Docker archive. The archive has no manifest with digests, so one is made: an
 * uncompressed layer's digest is its diffID, which reading verifies; that of a compressed one is
 * calculated.
 */
final class DockerImage implements ImageSource {
  private final ArchiveFiles files;
  private final Manifest manifest;
  private final byte[] config;
  private final Map<Digest, Content> layers;

  private DockerImage(
      ArchiveFiles files, Manifest manifest, byte[] config, Map<Digest, Content> layers) {
    this.files = files;
    this.manifest = manifest;
    this.config = config;
    this.layers = layers;
  }

  static DockerImage read(ArchiveFiles files, DockerContents.Entry entry) throws IOException {
    byte[] config = files.read(entry.config(), ImageConfig.MAX_SIZE);
    List<DiffId> diffIds = ImageConfig.parse(config).diffIds();
    if (diffIds.size() != entry.layers().size()) {
      throw new ArchiveException(
          "\""
              + files.where()
              + "\" has "
              + entry.layers().size()
              + " layers, its config "
              + diffIds.size());
    }
    Map<Digest, Content> layers = new HashMap<>();
    List<Descriptor> descriptors = new ArrayList<>();
    for (int i = 0; i < diffIds.size(); i++) {
      String name = entry.layers().get(i);
      Content content = files.find(name);
      if (content == null) {
        throw new ArchiveException("\"" + files.where() + "\" has no layer \"" + name + "\"");
      }
      Descriptor descriptor = describe(content, diffIds.get(i));
      descriptors.add(descriptor);
      layers.put(descriptor.digest(), content);
    }
    Manifest manifest =
        Manifest.of(
            MediaType.DOCKER_MANIFEST,
            Descriptor.of(MediaType.DOCKER_CONFIG, config),
            descriptors,
            Map.of());
    return new DockerImage(files, manifest, config, layers);
  }

  private static Descriptor describe(Content layer, DiffId diffId) throws IOException {
    byte[] start;
    try (InputStream in = layer.open()) {
      start = in.readNBytes(4);
    }
    Compression compression = Decompression.detect(start);
    return switch (compression) {
      case NONE -> new Descriptor(MediaType.DOCKER_LAYER, diffId.digest(), layer.size());
      case GZIP -> new Descriptor(MediaType.DOCKER_LAYER_GZIP, hash(layer), layer.size());
      case ZSTD -> new Descriptor(MediaType.DOCKER_LAYER_ZSTD, hash(layer), layer.size());
    };
  }

  private static Digest hash(Content content) throws IOException {
    MessageDigest digest = Digest.newSha256();
    byte[] buffer = new byte[64 << 10];
    try (InputStream in = content.open()) {
      for (int count; (count = in.read(buffer)) >= 0; ) {
        digest.update(buffer, 0, count);
      }
    }
    return Digest.ofHash(digest.digest());
  }

  @Override
  public String name() {
    return files.where();
  }

  @Override
  public Descriptor root() {
    return manifest.descriptor();
  }

  @Override
  public byte[] document(Descriptor descriptor) {
    if (descriptor.digest().equals(manifest.digest())) {
      return manifest.bytes();
    }
    if (descriptor.digest().equals(manifest.config().digest())) {
      return config.clone();
    }
    throw missing(descriptor);
  }

  @Override
  public InputStream blob(Descriptor descriptor) throws IOException {
    Content content = layers.get(descriptor.digest());
    if (content == null) {
      throw missing(descriptor);
    }
    return new VerifyingInputStream(content.open(), descriptor);
  }

  private ArchiveException missing(Descriptor descriptor) {
    return new ArchiveException("\"" + files.where() + "\" has no blob " + descriptor.digest());
  }

  /** The archive is closed by whoever opened it. */
  @Override
  public void close() {}
}
