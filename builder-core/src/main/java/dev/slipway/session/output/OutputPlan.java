package dev.slipway.session.output;

import dev.slipway.OutputSpec;
import dev.slipway.diagnostic.BuildException;
import dev.slipway.diagnostic.GoBoolean;
import dev.slipway.diagnostic.NearestName;
import dev.slipway.export.directory.PlatformSplit;
import dev.slipway.layer.Compression;
import dev.slipway.reference.ImageReference;
import dev.slipway.session.input.SourceDate;
import dev.slipway.snapshot.BlobFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an output asks for, its attributes read.
 *
 * @param form how the image is written; null where only its files are
 * @param names those of the request, or the output's own
 * @param split where the files of several platforms go, if only files are written
 * @param filesDate the time of all that is written then, in seconds
 */
public record OutputPlan(
    OutputSpec spec,
    @Nullable ImageForm form,
    List<ImageReference> names,
    boolean byDigest,
    boolean asDirectory,
    PlatformSplit split,
    Optional<Long> filesDate) {

  /**
   * How the documents and blobs of an image are written.
   *
   * @param docker whether with Docker's media types
   * @param annotations the output's own, by their names as {@link dev.slipway.assemble.Annotations}
   *     reads them
   */
  public record ImageForm(BlobFormat format, boolean docker, Map<String, String> annotations) {
    // By hand, with hashCode: what a record is given links by invokedynamic, 3 ms at first use.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof ImageForm that
          && docker == that.docker
          && format.equals(that.format)
          && annotations.equals(that.annotations);
    }

    @Override
    public int hashCode() {
      return format.hashCode();
    }
  }

  /**
   * @param dated whether a time of the sources was asked for, be there one or not
   */
  static OutputPlan of(
      OutputSpec spec,
      List<ImageReference> requested,
      Optional<Long> sourceDateEpoch,
      boolean dated) {
    Attributes attributes = new Attributes(spec);
    List<ImageReference> names = new ArrayList<>(requested);
    String own = attributes.text("name");
    if (own != null) {
      names.clear();
      for (String name : own.split(",")) {
        names.add(ImageReference.parse(name).withDefaultTag());
      }
    }
    boolean registry = spec.type() == OutputSpec.Type.REGISTRY;
    boolean byDigest = registry && attributes.flag("push-by-digest", false);
    if (registry && !attributes.flag("push", true)) {
      throw new BuildException("an output of type registry is pushed, but push=false was given");
    }
    boolean directory = spec.type() == OutputSpec.Type.OCI && !attributes.flag("tar", true);
    Optional<Long> date = date(attributes, sourceDateEpoch);
    ImageForm form = form(spec, attributes, date, dated);
    PlatformSplit split = form == null ? split(attributes) : PlatformSplit.OF_SEVERAL;
    attributes.finish();
    if (registry && names.isEmpty()) {
      throw new BuildException(
          "nothing to push to: the image has no name", null, "name it with -t", null);
    }
    return new OutputPlan(spec, form, List.copyOf(names), byDigest, directory, split, date);
  }

  private static Optional<Long> date(Attributes attributes, Optional<Long> sourceDateEpoch) {
    // Empty, it means that times are left alone, whatever the build was told.
    String own = attributes.text("source-date-epoch");
    Optional<Long> date = own == null ? sourceDateEpoch : SourceDate.seconds(own);
    if (date.isPresent() && !date.equals(sourceDateEpoch)) {
      throw new BuildException(
          "source-date-epoch of an output is to be that of the build, or empty",
          null,
          "give it with --build-arg SOURCE_DATE_EPOCH=" + own,
          null);
    }
    return date;
  }

  private static PlatformSplit split(Attributes attributes) {
    String name = "platform-split";
    if (!attributes.has(name)) {
      return PlatformSplit.OF_SEVERAL;
    }
    return attributes.flag(name, true) ? PlatformSplit.ALWAYS : PlatformSplit.NEVER;
  }

  private static @Nullable ImageForm form(
      OutputSpec spec, Attributes attributes, Optional<Long> date, boolean dated) {
    boolean rewrite = attributes.flag("rewrite-timestamp", false);
    if (rewrite && !dated) {
      throw new BuildException(
          "rewrite-timestamp needs SOURCE_DATE_EPOCH",
          null,
          "give it with --build-arg SOURCE_DATE_EPOCH=SECONDS",
          null);
    }
    if (spec.type() == OutputSpec.Type.LOCAL || spec.type() == OutputSpec.Type.TAR) {
      return null;
    }
    Compression compression = compression(attributes.text("compression"));
    String level = attributes.text("compression-level");
    boolean force = attributes.flag("force-compression", false);
    boolean oci = attributes.flag("oci-mediatypes", true);
    int chosen = level == null ? compression.defaultLevel() : level(level, compression);
    Optional<Long> latest = rewrite ? date : Optional.empty();
    return new ImageForm(
        new BlobFormat(compression, chosen, latest, force), !oci, attributes.annotations());
  }

  private static Compression compression(@Nullable String name) {
    if (name == null) {
      return Compression.GZIP;
    }
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "gzip" -> Compression.GZIP;
      case "zstd" -> Compression.ZSTD;
      case "uncompressed", "none" -> Compression.NONE;
      default ->
          throw new BuildException(
              "compression '" + name + "' is not supported, expected gzip, zstd or uncompressed");
    };
  }

  private static int level(String text, Compression compression) {
    int highest = compression == Compression.ZSTD ? 22 : 9;
    try {
      int level = Integer.parseInt(text);
      if (level >= 0 && level <= highest) {
        return level;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new BuildException(
        "compression level '" + text + "' is not supported, expected 0 to " + highest);
  }

  /** The attributes of an output; what nobody asked for is an error. */
  private static final class Attributes {
    private final OutputSpec spec;
    private final Map<String, String> unread;
    private final List<String> known = new ArrayList<>(List.of("type", "dest"));

    Attributes(OutputSpec spec) {
      this.spec = spec;
      this.unread = new TreeMap<>(spec.attributes());
    }

    boolean has(String name) {
      known.add(name);
      return unread.containsKey(name);
    }

    @Nullable String text(String name) {
      known.add(name);
      return unread.remove(name);
    }

    boolean flag(String name, boolean otherwise) {
      String value = text(name);
      if (value == null) {
        return otherwise;
      }
      return value.isEmpty()
          || GoBoolean.parse(value)
              .orElseThrow(
                  () ->
                      new BuildException(
                          "invalid value '"
                              + value
                              + "' of output attribute "
                              + name
                              + ", expected true or false"));
    }

    /** Takes {@code annotation-PLACE[PLATFORM].KEY}, where place and platform may be left out. */
    Map<String, String> annotations() {
      Map<String, String> annotations = new TreeMap<>();
      for (String name : List.copyOf(unread.keySet())) {
        Matcher annotation = name.startsWith("annotation") ? annotation(name) : null;
        if (annotation != null && annotation.matches()) {
          String place = annotation.group(1) == null ? "manifest" : annotation.group(1);
          String platform = annotation.group(2) == null ? "" : annotation.group(2);
          String value = String.valueOf(unread.remove(name));
          annotations.put(place + platform + ":" + annotation.group(3), value);
        }
      }
      return annotations;
    }

    private static Matcher annotation(String name) {
      return Pattern.compile("annotation(?:-([a-z-]+))?(\\[[A-Za-z0-9_/-]+])?\\.(\\S+)")
          .matcher(name);
    }

    private @Nullable String hint(String name) {
      if (name.startsWith("annotation") && spec.type() != OutputSpec.Type.LOCAL) {
        return "annotations are written annotation.NAME=VALUE";
      }
      return known.contains(name) ? null : NearestName.hint(name, known);
    }

    void finish() {
      for (String name : unread.keySet()) {
        throw new BuildException(
            "output attribute '"
                + name
                + "' of type "
                + spec.type().name().toLowerCase(Locale.ROOT)
                + " is not supported",
            null,
            hint(name),
            null);
      }
    }
  }
}
