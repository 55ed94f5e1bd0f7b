package dev.slipway.cli.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.inspect.account.Cost;
import dev.slipway.inspect.account.Efficiency;
import dev.slipway.inspect.account.ImageAccount;
import dev.slipway.inspect.account.LayerAccount;
import dev.slipway.inspect.account.Member;
import dev.slipway.inspect.account.Waste;
import dev.slipway.inspect.hygiene.HygieneFinding;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.DiffId;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Image;
import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.MediaType;
import dev.slipway.oci.Platform;
import dev.slipway.tree.Origin;
import dev.slipway.tree.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccountTextTest {
  private static final Cost END = new Cost(1024, 20);

  private final List<LayerAccount> layers = new ArrayList<>();
  private final List<Waste> waste = new ArrayList<>();
  private final List<HygieneFinding> hygiene = new ArrayList<>();

  private static Member file(String path, long size, Origin origin) {
    return new Member(
        Member.Kind.FILE,
        TreePath.of(path),
        null,
        null,
        new Cost(size, size / 2),
        new Cost(512, 10),
        null,
        origin);
  }

  private void layer(Origin origin, Member... members) {
    Cost cost = END;
    for (Member member : members) {
      cost = cost.plus(member.cost());
    }
    Descriptor blob =
        new Descriptor(MediaType.OCI_LAYER_GZIP, digest(layers.size()), cost.stored());
    layers.add(new LayerAccount(layers.size(), blob, origin, List.of(members), END, cost));
  }

  private static Digest digest(int number) {
    return Digest.of(new byte[] {(byte) number});
  }

  private String text(int top) {
    List<Descriptor> blobs = new ArrayList<>();
    List<DiffId> diffIds = new ArrayList<>();
    for (LayerAccount layer : layers) {
      blobs.add(layer.descriptor());
      diffIds.add(new DiffId(layer.descriptor().digest()));
    }
    Image image =
        Image.of(
            ImageConfig.empty(new Platform("linux", "amd64")).withDiffIds(diffIds),
            blobs,
            Map.of(),
            false);
    return AccountText.of(
        new ImageAccount("app.tar", image, layers, waste, new Efficiency(0.5, 2000), hygiene), top);
  }

  /** The rows below a heading. */
  private static List<String> rows(String text, String heading) {
    return text.lines()
        .dropWhile(line -> !line.endsWith("  " + heading))
        .skip(1)
        .takeWhile(line -> !line.isEmpty())
        .map(String::strip)
        .toList();
  }

  @Test
  void everyInstructionHasARowInTheOrderOfTheLayers() {
    Origin copy = new Origin("build", 3, "RUN make");
    layer(new Origin("", 0, "COPY a /"), file("a", 1000, new Origin("", 0, "COPY a /")));
    layer(new Origin("", 7, "COPY --from=build /b /"), file("b", 4000, copy));

    assertThat(rows(text(10), "by instruction"))
        .containsExactly(
            "530 B   2.54 kB  COPY a /",
            "20 B   1.02 kB  line 7: COPY --from=build /b /",
            "2.01 kB   4.51 kB  line 3 of build: RUN make");
  }

  @Test
  void ofManyInstructionsThoseThatCostMostAreShownAndTheRestInOneRow() {
    for (int i = 1; i <= 23; i++) {
      Origin origin = new Origin("", i, "RUN step " + i);
      layer(origin, file("f" + i, i == 10 ? 0 : 10_000, origin));
    }

    assertThat(rows(text(1), "by instruction"))
        .hasSize(21)
        .noneMatch(row -> row.endsWith("RUN step 10"))
        .last()
        .asString()
        .endsWith("… 3 more");
  }

  @Test
  void filesAreShownWithTheirLayerTheLargestFirst() {
    Origin origin = new Origin("", 1, "COPY . /");
    layer(origin, file("d/small", 1000, origin), file("d/large", 5000, origin));

    assertThat(rows(text(10), "by file"))
        .containsExactly(
            "2.51 kB   5.51 kB  /d/large  (layer 1)", "510 B   1.51 kB  /d/small  (layer 1)");
    assertThat(rows(text(1), "by file")).hasSize(1);
    assertThat(rows(text(10), "by directory, with all below it"))
        .containsExactly("3.02 kB   7.02 kB  /d");
  }

  @Test
  void wasteIsSummedByItsKindAndAdviceIsSaidOnce() {
    layer(new Origin("", 1, "RUN x"), file("var/cache/apt/a", 1000, Origin.NONE));
    for (String name : List.of("a", "b", "c")) {
      waste.add(
          new Waste(
              Waste.Kind.PACKAGE_CACHE,
              TreePath.of("var/cache/apt/" + name),
              0,
              new Cost(1000, 500),
              "left by RUN x",
              "mount a cache"));
    }

    assertThat(rows(text(6), "waste"))
        .containsExactly(
            "1.50 kB   3.00 kB  package cache, 3 files",
            "500 B   1.00 kB    /var/cache/apt/a: left by RUN x",
            "hint: mount a cache",
            "500 B   1.00 kB    /var/cache/apt/b: left by RUN x",
            "… and 1 more");
  }

  @Test
  void nothingIsWasted() {
    assertThat(text(10)).contains("\nnothing is wasted\n").contains("efficiency  50.0 % ");
  }

  @Test
  void whatActsUponATerminalIsShownOnly() {
    Origin origin = new Origin("", 1, "RUN \u001b[2J");
    layer(origin, file("\u001b[31mred", 1000, origin));

    assertThat(text(10)).doesNotContain("\u001b");
  }
}
