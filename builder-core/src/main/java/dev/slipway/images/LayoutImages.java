package dev.slipway.images;

import dev.slipway.archive.ImageArchive;
import dev.slipway.diagnostic.BuildException;
import dev.slipway.diagnostic.FileRefusal;
import dev.slipway.oci.ImageSource;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Images of {@code oci-layout://} contexts. */
public final class LayoutImages {
  private LayoutImages() {}

  /**
   * @param value a path, then perhaps {@code :tag} or {@code @digest}
   * @param temporary for an archive that has to be unpacked
   */
  public static ImageSource open(String value, Path temporary) {
    int at = value.indexOf('@');
    String path = at < 0 ? value : value.substring(0, at);
    @Nullable String name = at < 0 ? null : value.substring(at + 1);
    int colon = path.lastIndexOf(':');
    if (name == null && colon > path.lastIndexOf('/')) {
      name = path.substring(colon + 1);
      path = path.substring(0, colon);
    }
    try {
      return ImageArchive.open(Path.of(path), temporary).image(name);
    } catch (IOException e) {
      throw new BuildException("cannot read \"" + path + "\": " + FileRefusal.reason(e), e);
    }
  }
}
