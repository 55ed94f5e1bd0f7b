package dev.slipway.oci;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One image for one platform: a manifest with the config it points at. The bytes of its layers are
 * elsewhere. Immutable.
 */
public final class Image {
  private final Manifest manifest;
  private final byte[] configBytes;
  private final ImageConfig config;

  /**
   * @throws OciException if {@code configBytes} are not those that the manifest names, or the two
   *     count different layers
   */
  public Image(Manifest manifest, byte[] configBytes) {
    this.manifest = manifest;
    this.configBytes = configBytes.clone();
    Digest digest = manifest.config().digest();
    if (!digest.matches(digest.newMessageDigest().digest(configBytes))) {
      throw new OciException("image config does not have the digest " + digest);
    }
    this.config = ImageConfig.parse(configBytes);
    if (config.diffIds().size() != manifest.layers().size()) {
      throw new OciException(
          "invalid image "
              + manifest.digest()
              + ": the manifest has "
              + manifest.layers().size()
              + " layers, the config "
              + config.diffIds().size());
    }
  }

  /**
   * Makes the documents of an image.
   *
   * @param layers as many as {@code config} has diff ids, the lowest first
   * @param docker whether Docker's media types are used for the manifest and config, not the OCI's;
   *     those of the layers are as given
   */
  public static Image of(
      ImageConfig config,
      List<Descriptor> layers,
      Map<String, String> annotations,
      boolean docker) {
    byte[] bytes = config.toBytes();
    Descriptor configDescriptor =
        Descriptor.of(docker ? MediaType.DOCKER_CONFIG : MediaType.OCI_CONFIG, bytes);
    MediaType type = docker ? MediaType.DOCKER_MANIFEST : MediaType.OCI_MANIFEST;
    return new Image(Manifest.of(type, configDescriptor, layers, annotations), bytes);
  }

  public Manifest manifest() {
    return manifest;
  }

  /** The config as stored; a copy. */
  public byte[] configBytes() {
    return configBytes.clone();
  }

  public ImageConfig config() {
    return config;
  }

  public Platform platform() {
    return config.platform();
  }

  /** Points at the manifest, with the platform, as an index holds it. */
  public Descriptor descriptor() {
    return manifest.descriptor().withPlatform(config.platform());
  }

  /** From the lowest. */
  public List<Layer> layers() {
    List<Layer> layers = new ArrayList<>(manifest.layers().size());
    for (int i = 0; i < manifest.layers().size(); i++) {
      layers.add(new Layer(manifest.layers().get(i), config.diffIds().get(i)));
    }
    return List.copyOf(layers);
  }

  /** The two names of a layer: of the blob as stored, and of the tar archive in it. */
  public record Layer(Descriptor descriptor, DiffId diffId) {}

  @Override
  public String toString() {
    return "image " + manifest.digest();
  }
}
