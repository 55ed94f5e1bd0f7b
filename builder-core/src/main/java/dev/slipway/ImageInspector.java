package dev.slipway;

import dev.slipway.oci.Platform;
import dev.slipway.progress.Cancellation;
import dev.slipway.session.ImageInspection;
import java.util.Optional;

/**
 * Looks into images that exist already: in the store, in registries, OCI layouts, and archives as
 * {@code docker save} writes them. Nothing is executed, and no blob is fetched twice; what a
 * registry sends is kept in the store. Thread-safe.
 */
public final class ImageInspector implements AutoCloseable {
  private final ImageInspection inspection;

  private ImageInspector(BuilderSettings settings) {
    this.inspection = new ImageInspection(settings);
  }

  /** Costs next to nothing: files and connections are opened when an image is read. */
  public static ImageInspector open(BuilderSettings settings) {
    return new ImageInspector(settings);
  }

  /**
   * Accounts for every byte of an image, and tells what its command needs.
   *
   * @param image a file or directory, or a name that the store knows, or one in a registry; {@code
   *     docker-image://NAME} and {@code oci-layout://PATH[:TAG|@DIGEST]} say which is meant
   * @param platform which of several; the machine's own if empty
   * @throws dev.slipway.diagnostic.BuildException if there is no such image, or it cannot be read
   */
  public InspectedImage inspect(
      String image, Optional<Platform> platform, Cancellation cancellation) {
    return inspection.inspect(image, platform, cancellation);
  }

  @Override
  public void close() {
    inspection.close();
  }
}
