package dev.slipway.export;

import dev.slipway.oci.BlobContent;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Image;
import dev.slipway.oci.Index;
import java.io.ByteArrayInputStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that a build made.
 *
 * @param index points at the images; null for one image alone
 * @param images with their layers; what else the index points at, as attestations, among them
 * @param rootAnnotations of what points at the index, or at the one manifest
 */
public record ExportedImages(
    @Nullable Index index, List<ImageWithLayers> images, Map<String, String> rootAnnotations) {
  public ExportedImages {
    images = List.copyOf(images);
    rootAnnotations = Collections.unmodifiableMap(new TreeMap<>(rootAnnotations));
    if (images.isEmpty() || (index == null && images.size() != 1)) {
      throw new IllegalArgumentException(images.size() + " images without an index");
    }
  }

  /** Without annotations of the root. */
  public ExportedImages(@Nullable Index index, List<ImageWithLayers> images) {
    this(index, images, Map.of());
  }

  /**
   * An image and the bytes of its layers.
   *
   * @param layers as in the manifest, the lowest first
   */
  public record ImageWithLayers(Image image, List<OfferedLayer> layers) {
    public ImageWithLayers {
      layers = List.copyOf(layers);
      List<Descriptor> named = image.manifest().layers();
      boolean same = named.size() == layers.size();
      for (int i = 0; same && i < named.size(); i++) {
        same = named.get(i).digest().equals(layers.get(i).descriptor().digest());
      }
      if (!same) {
        throw new IllegalArgumentException("the layers are not those of " + image.manifest());
      }
    }
  }

  /** An image alone. */
  public static ExportedImages of(Image image, List<OfferedLayer> layers) {
    return new ExportedImages(null, List.of(new ImageWithLayers(image, layers)));
  }

  /** Points at the index, or at the one manifest. */
  public Descriptor root() {
    Descriptor document = rootDocument();
    return rootAnnotations.isEmpty() ? document : document.withAnnotations(rootAnnotations);
  }

  private Descriptor rootDocument() {
    return index != null ? index.descriptor() : images.get(0).image().manifest().descriptor();
  }

  /** The document that {@link #root} points at. */
  public byte[] rootBytes() {
    return index != null ? index.bytes() : images.get(0).image().manifest().bytes();
  }

  /** Each layer once, in the order of the images. */
  public Map<Digest, OfferedLayer> layers() {
    Map<Digest, OfferedLayer> layers = new LinkedHashMap<>();
    for (ImageWithLayers each : images) {
      for (OfferedLayer layer : each.layers()) {
        layers.putIfAbsent(layer.descriptor().digest(), layer);
      }
    }
    return layers;
  }

  /** Layers and documents, each once, in the order of their digests. */
  public Map<Descriptor, BlobContent> blobs() {
    Map<Digest, Descriptor> descriptors = new TreeMap<>();
    Map<Digest, BlobContent> contents = new TreeMap<>();
    for (OfferedLayer layer : layers().values()) {
      descriptors.put(layer.descriptor().digest(), layer.descriptor());
      contents.put(layer.descriptor().digest(), layer.content());
    }
    for (Map.Entry<Descriptor, byte[]> document : documents().entrySet()) {
      byte[] bytes = document.getValue();
      descriptors.put(document.getKey().digest(), document.getKey());
      contents.put(document.getKey().digest(), () -> new ByteArrayInputStream(bytes));
    }
    Map<Descriptor, BlobContent> blobs = new LinkedHashMap<>();
    for (Map.Entry<Digest, Descriptor> blob : descriptors.entrySet()) {
      blobs.put(blob.getValue(), Objects.requireNonNull(contents.get(blob.getKey())));
    }
    return blobs;
  }

  /** The bytes of {@link #blobs}. */
  public long size() {
    long size = 0;
    for (Descriptor blob : blobs().keySet()) {
      size += blob.size();
    }
    return size;
  }

  /** The manifests, configs and the index, each once: what is written beside the layers. */
  public Map<Descriptor, byte[]> documents() {
    Map<Descriptor, byte[]> documents = new LinkedHashMap<>();
    for (ImageWithLayers each : images) {
      documents.put(each.image().manifest().config(), each.image().configBytes());
    }
    for (ImageWithLayers each : images) {
      documents.put(each.image().manifest().descriptor(), each.image().manifest().bytes());
    }
    documents.put(rootDocument(), rootBytes());
    return documents;
  }
}
