package dev.slipway.cli;

import dev.slipway.BuildRequest;
import dev.slipway.cli.build.BuildOptions;
import dev.slipway.cli.build.CacheOptions;
import dev.slipway.cli.build.RequestReader;
import dev.slipway.cli.options.Arguments;
import dev.slipway.cli.options.Option;
import dev.slipway.cli.options.OptionTable;
import dev.slipway.cli.options.UsageException;
import java.util.ArrayList;
import java.util.List;

/** {@code slipway squash}. */
final class SquashCommand implements Command {
  private static final char NONE = 0;

  @Override
  public String name() {
    return "squash";
  }

  @Override
  public String operands() {
    return "IMAGE|ARCHIVE|LAYOUT";
  }

  @Override
  public String summary() {
    return "make one layer of the layers of an image, with the same files";
  }

  @Override
  public OptionTable options() {
    String group = "What is squashed";
    List<Option> options = new ArrayList<>();
    options.add(
        Option.single(
            "from", NONE, "DIGEST", group, "only what lies above this layer; else all layers"));
    options.add(
        Option.repeated(
            "platform", NONE, "OS/ARCH", group, "the platforms of an index; else all of them"));
    options.add(Option.repeated("tag", 't', "NAME[:TAG]", "The image", "a name of the new image"));
    options.add(
        Option.repeated(
            "annotation",
            NONE,
            "[WHERE:]NAME=VALUE",
            "The image",
            "an OCI annotation, beside those it has; WHERE is manifest or index"));
    options.addAll(BuildOptions.results());
    String registries = "Cache and registries";
    options.add(
        Option.toggle(
            "pull", NONE, registries, "ask the registry even if the store has the image"));
    options.addAll(CacheOptions.location(registries));
    options.addAll(BuildOptions.registries(registries));
    return new OptionTable(options);
  }

  @Override
  public int run(Arguments arguments, Surroundings surroundings) {
    if (arguments.operands().size() != 1) {
      throw new UsageException(
          "squash wants one image, not " + arguments.operands().size(),
          "slipway squash IMAGE -o type=oci,dest=FILE, or -t NAME --push");
    }
    RequestReader reader = surroundings.requestReader();
    BuildRequest request = reader.squashRequest(arguments);
    String image = surroundings.image(arguments.operands().get(0));
    return ShownBuild.run(
        arguments,
        surroundings,
        BuildCommand.settings(arguments, surroundings, reader),
        request,
        (builder, listener) ->
            builder.squash(image, request, listener, surroundings.cancellation()));
  }
}
