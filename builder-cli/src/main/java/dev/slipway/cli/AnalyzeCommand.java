package dev.slipway.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.ImageInspector;
import dev.slipway.InspectedImage;
import dev.slipway.cli.analyze.AccountText;
import dev.slipway.cli.analyze.StartText;
import dev.slipway.cli.build.BuildOptions;
import dev.slipway.cli.build.CacheOptions;
import dev.slipway.cli.build.LimitOptions;
import dev.slipway.cli.build.RequestReader;
import dev.slipway.cli.options.Arguments;
import dev.slipway.cli.options.Option;
import dev.slipway.cli.options.OptionTable;
import dev.slipway.cli.options.UsageException;
import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.inspect.account.ImageAccount;
import dev.slipway.inspect.account.ImageLimits;
import dev.slipway.inspect.report.AccountJson;
import dev.slipway.inspect.report.AccountPage;
import dev.slipway.inspect.start.StartJson;
import dev.slipway.oci.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code slipway analyze}. */
final class AnalyzeCommand implements Command {
  private static final char NONE = 0;
  private static final int DEFAULT_TOP = 10;

  @Override
  public String name() {
    return "analyze";
  }

  @Override
  public String operands() {
    return "IMAGE|ARCHIVE|LAYOUT";
  }

  @Override
  public String summary() {
    return "tell where every byte of an image is, and which of them are wasted";
  }

  @Override
  public OptionTable options() {
    String group = "Options";
    List<Option> options = new ArrayList<>();
    options.add(Option.single("format", NONE, "text|json", group, "how it is told"));
    options.add(
        Option.single("html", NONE, "FILE", group, "write it to FILE too, as a page for browsers"));
    options.add(
        Option.single("platform", NONE, "OS/ARCH", group, "which image of an index; else our own"));
    options.add(
        Option.single("top", NONE, "N", group, "how many directories and files are listed; 10"));
    options.addAll(LimitOptions.options("Limits"));
    options.addAll(CacheOptions.location("Registries"));
    options.addAll(BuildOptions.registries("Registries"));
    return new OptionTable(options);
  }

  @Override
  public int run(Arguments arguments, Surroundings surroundings) {
    if (arguments.operands().size() != 1) {
      throw new UsageException(
          "analyze wants one image, not " + arguments.operands().size(),
          "slipway analyze IMAGE, or an archive or layout");
    }
    String format = arguments.last("format", "text");
    if (!format.equals("text") && !format.equals("json")) {
      throw new UsageException("--format \"" + format + "\" is not known", "it is text or json");
    }
    ImageLimits limits = LimitOptions.read(arguments);
    int top = (int) Math.min(arguments.number("top", 0, DEFAULT_TOP), 1_000_000);
    InspectedImage image = image(arguments, surroundings);
    ImageAccount account = image.account();
    if (format.equals("json")) {
      ObjectNode json = (ObjectNode) Json.parseOwn(AccountJson.write(account), "account");
      json.set("start", StartJson.report(image.start()));
      surroundings.streams().out().println(new String(Json.write(json), StandardCharsets.UTF_8));
    } else {
      surroundings.streams().out().print(AccountText.of(account, top));
      surroundings.streams().out().print(StartText.of(account.image().config(), image.start()));
    }
    String page = arguments.last("html");
    if (page != null) {
      ResultFile.write(surroundings.path(page), AccountPage.write(account));
    }
    List<Diagnostic> failures = limits.check(account);
    for (Diagnostic failure : failures) {
      surroundings.streams().err().println(failure.render());
    }
    return failures.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static InspectedImage image(Arguments arguments, Surroundings surroundings) {
    RequestReader reader = surroundings.requestReader();
    String image = surroundings.image(arguments.operands().get(0));
    String platform = arguments.last("platform", "");
    try (ImageInspector inspector =
        ImageInspector.open(BuildCommand.settings(arguments, surroundings, reader))) {
      return inspector.inspect(
          image,
          platform.isEmpty() ? Optional.empty() : Optional.of(reader.platform(platform)),
          surroundings.cancellation());
    }
  }
}
