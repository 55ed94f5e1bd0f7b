package dev.slipway.cli;

import dev.slipway.BuildResult;
import dev.slipway.BuildResult.LayerShare;
import dev.slipway.BuildResult.PlatformImage;
import dev.slipway.BuildResult.WrittenOutput;
import dev.slipway.cli.progress.ConsoleText;
import dev.slipway.cli.progress.JsonLine;
import dev.slipway.cli.progress.Quantities;
import dev.slipway.inspect.hygiene.HygieneFinding;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Image;
import dev.slipway.reference.ImageReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is said, and written for other programs, when a build is done. */
final class ResultReport {
  /** How many instructions are told of in a summary. */
  private static final int LARGEST = 3;

  private static final int WIDTH = 70;

  private ResultReport() {}

  /**
   * The image's id as docker has it: its config's digest, or the index's where there are several
   * platforms; empty where only files were written.
   */
  static String imageId(BuildResult result) {
    if (result.images().size() == 1) {
      return result.images().get(0).image().manifest().config().digest().toString();
    }
    return result.root() == null ? "" : result.root().digest().toString();
  }

  /** buildx's metadata file. */
  static String metadata(BuildResult result, List<String> names) {
    JsonLine json = new JsonLine();
    if (result.images().size() == 1) {
      json.add("containerimage.config.digest", imageId(result));
    }
    Descriptor root = result.root();
    if (root != null) {
      json.add(
          "containerimage.descriptor",
          new JsonLine()
              .add("mediaType", root.mediaType().toString())
              .add("digest", root.digest().toString())
              .add("size", root.size()));
      json.add("containerimage.digest", root.digest().toString());
    }
    if (!names.isEmpty()) {
      List<String> full = new ArrayList<>();
      for (String name : names) {
        full.add(ImageReference.parse(name).withDefaultTag().toString());
      }
      json.add("image.name", String.join(",", full));
    }
    return json.toString();
  }

  /** The summary under a build's progress; ends with a line break. */
  static String summary(BuildResult result, long elapsed) {
    StringBuilder text = new StringBuilder();
    for (PlatformImage built : result.images()) {
      addImage(text, built);
    }
    if (result.images().size() > 1 && result.root() != null) {
      text.append("index  ").append(result.root().digest()).append('\n');
    }
    for (WrittenOutput output : result.outputs()) {
      String type = output.spec().type().name().toLowerCase(Locale.ROOT);
      String where =
          output.where().isEmpty() ? "standard output" : String.join(", ", output.where());
      text.append("wrote  ").append(type).append(" to ").append(where).append('\n');
    }
    if (result.outputs().isEmpty()) {
      text.append(
          "wrote  nothing: the image stays in the store; -o type=oci,dest=FILE writes it\n");
    }
    return text.append("done   in ").append(Quantities.duration(elapsed)).append('\n').toString();
  }

  private static void addImage(StringBuilder text, PlatformImage built) {
    Image image = built.image();
    long manifest = image.manifest().descriptor().size();
    long config = image.manifest().config().size();
    long layers = 0;
    for (Descriptor layer : image.manifest().layers()) {
      layers += layer.size();
    }
    int count = image.manifest().layers().size();
    text.append("image  ").append(image.manifest().digest());
    text.append(" (").append(built.platform()).append(")\n");
    text.append("size   ")
        .append(Quantities.bytes(manifest + config + layers))
        .append(" = manifest ");
    text.append(Quantities.bytes(manifest)).append(" + config ").append(Quantities.bytes(config));
    text.append(" + ").append(count).append(count == 1 ? " layer " : " layers ");
    text.append(Quantities.bytes(layers)).append('\n');
    addLargest(text, built.layers());
    if (!built.smallerBase().isEmpty()) {
      text.append("base   ").append(ConsoleText.clean(built.smallerBase())).append('\n');
    }
    addAdvice(text, built.hygiene());
  }

  /** In a few words: "analyze" says more, and what is a problem was told as a warning. */
  private static void addAdvice(StringBuilder text, List<HygieneFinding> findings) {
    HygieneFinding.Kind last = null;
    for (HygieneFinding finding : findings) {
      if (!finding.kind().isProblem() && finding.kind() != last) {
        text.append(last == null ? "note   " : ", ").append(finding.kind().label());
        last = finding.kind();
      }
    }
    text.append(last == null ? "" : "\n");
  }

  /** The instructions that cost most; what they cost is known without reading a byte again. */
  private static void addLargest(StringBuilder text, List<LayerShare> layers) {
    List<LayerShare> own = new ArrayList<>();
    long base = 0;
    for (LayerShare layer : layers) {
      if (layer.instruction().isEmpty()) {
        base += layer.size();
      } else {
        own.add(layer);
      }
    }
    own.sort((one, other) -> Long.compare(other.size(), one.size()));
    if (base > 0 && !own.isEmpty()) {
      addShare(text, base, "base image");
    }
    for (LayerShare layer : own.subList(0, Math.min(own.size(), LARGEST))) {
      String where = layer.line() > 0 ? "line " + layer.line() + ": " : "";
      addShare(text, layer.size(), where + layer.instruction());
    }
  }

  private static void addShare(StringBuilder text, long size, String what) {
    String bytes = Quantities.bytes(size);
    text.append(" ".repeat(Math.max(0, 15 - bytes.length()))).append(bytes).append("  ");
    int newline = what.indexOf('\n');
    String line = ConsoleText.clean(newline < 0 ? what : what.substring(0, newline) + " …");
    text.append(line, 0, Math.min(line.length(), WIDTH)).append('\n');
  }
}
