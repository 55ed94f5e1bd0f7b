package dev.slipway.inspect.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slipway.layer.Compression;
import dev.slipway.oci.Descriptor;
import java.nio.charset.StandardCharsets;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImageAccountTest {
  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private static byte[] text(int lines) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      text.append("line ").append(i).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void allCostsAddUpToTheImage(Compression compression) {
    ImageAccount account =
        new LayeredImage(compression)
            .directory("a")
            .file("a/random", random(2_500_001), 0644)
            .file("a/text", text(200_000), 0644)
            .file("empty", new byte[0], 0644)
            .by("COPY a /a")
            .file("zeros", new byte[3_000_000], 0644)
            .gone("a/text")
            .by("RUN something")
            .account();

    long sum =
        account.image().manifest().descriptor().size() + account.image().manifest().config().size();
    for (LayerAccount layer : account.layers()) {
      Cost members = layer.end();
      for (Member member : layer.members()) {
        assertThat(member.body().stored()).isNotNegative();
        assertThat(member.framing().stored()).isNotNegative();
        members = members.plus(member.cost());
      }
      assertThat(members).isEqualTo(layer.cost());
      assertThat(layer.cost().stored()).isEqualTo(layer.descriptor().size());
      sum += members.stored();
    }
    assertThat(account.size()).isEqualTo(sum);
    long stored = account.image().manifest().layers().stream().mapToLong(Descriptor::size).sum();
    assertThat(account.cost().stored()).isEqualTo(stored);
    Cost instructions = Cost.NONE;
    for (InstructionCost each : account.instructions()) {
      instructions = instructions.plus(each.cost());
    }
    assertThat(instructions).isEqualTo(account.cost());
  }

  @Test
  void whatCompressesBetterCostsLess() {
    ImageAccount account =
        new LayeredImage(Compression.GZIP)
            .file("random", random(1_000_000), 0644)
            .file("zeros", new byte[1_000_000], 0644)
            .by("COPY . /")
            .account();

    assertThat(account.layers().get(0).members())
        .satisfiesExactly(
            random -> assertThat(random.body().stored()).isCloseTo(1_000_000, within(6_000L)),
            zeros -> assertThat(zeros.body().stored()).isLessThan(6_000));
  }

  @Test
  void anOverwrittenFileIsWasted() {
    ImageAccount account =
        new LayeredImage(Compression.NONE)
            .file("f", random(5000), 0644)
            .by("COPY f /f")
            .file("f", random(6000), 0644)
            .by("COPY g /f")
            .account();

    assertThat(account.waste())
        .singleElement()
        .satisfies(
            waste -> {
              assertThat(waste.kind()).isEqualTo(Waste.Kind.OVERWRITTEN);
              assertThat(waste.layer()).isZero();
              assertThat(waste.cost().unpacked()).isEqualTo(512 + 5120);
              assertThat(waste.detail()).isEqualTo("overwritten by COPY g /f");
            });
  }

  @Test
  void aChmodThatCopiesIsToldWithTheLineThatDoesNot() {
    ImageAccount account =
        new LayeredImage(Compression.GZIP)
            .file("f", random(5000), 0644)
            .by("COPY f /f # buildkit")
            .file("f", random(5000), 0755)
            .by("RUN /bin/sh -c chmod 755 /f # buildkit")
            .account();

    assertThat(account.waste())
        .singleElement()
        .satisfies(
            waste -> {
              assertThat(waste.kind()).isEqualTo(Waste.Kind.METADATA_COPY);
              assertThat(waste.detail()).isEqualTo("copied by RUN chmod 755 /f");
              assertThat(waste.advice()).isEqualTo("COPY --chmod=0755 f /f");
            });
  }

  @Test
  void aDeletedDirectoryWastesAllBelowIt() {
    ImageAccount account =
        new LayeredImage(Compression.NONE)
            .directory("d")
            .file("d/one", random(5000), 0644)
            .file("d/two", random(6000), 0644)
            .file("d.x", random(7000), 0644)
            .by("COPY d /d")
            .gone("d")
            .by("RUN rm -r /d")
            .account();

    assertThat(account.waste()).extracting(Waste::kind).containsOnly(Waste.Kind.DELETED);
    assertThat(account.waste())
        .extracting(waste -> waste.path().toString())
        .containsExactly("/d/two", "/d/one");
  }

  @Test
  void aHardLinkKeepsTheContentOfADeletedName() {
    ImageAccount account =
        new LayeredImage(Compression.NONE)
            .links(random(5000), "a", "b")
            .by("COPY . /")
            .gone("a")
            .by("RUN rm /a")
            .account();

    assertThat(account.waste()).isEmpty();
  }

  @Test
  void duplicatesAndCachesAreFoundOnce() {
    ImageAccount account =
        new LayeredImage(Compression.NONE)
            .file("a", random(5000), 0644)
            .file("b", random(5000), 0600)
            .file("var/lib/apt/lists/x", random(9000), 0644)
            .file("home/me/.cache/pip/y", random(9000), 0644)
            .by("COPY . /")
            .account();

    assertThat(account.waste())
        .extracting(Waste::kind, waste -> waste.path().toString())
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(Waste.Kind.DUPLICATE, "/b"),
            org.assertj.core.groups.Tuple.tuple(Waste.Kind.PACKAGE_CACHE, "/home/me/.cache/pip/y"),
            org.assertj.core.groups.Tuple.tuple(Waste.Kind.PACKAGE_CACHE, "/var/lib/apt/lists/x"));
  }

  @Test
  void efficiencyIsThatOfDive() {
    ImageAccount account =
        new LayeredImage(Compression.NONE)
            .file("kept", random(1000), 0644)
            .file("again", random(3000), 0644)
            .file("gone", random(2000), 0644)
            .by("COPY . /")
            .file("again", random(5000), 0644)
            .gone("gone")
            .by("RUN x")
            .account();

    // Least sizes 1000 + 3000 + 2000 over 1000 + (3000 + 5000) + (2000 + 2000).
    assertThat(account.efficiency().score()).isCloseTo(6000.0 / 13000, within(1e-9));
    assertThat(account.efficiency().repeated()).isEqualTo(12000);
  }

  @Test
  void limitsThatAreNotKeptAreTold() {
    ImageAccount account =
        new LayeredImage(Compression.NONE)
            .file("a", random(5000), 0644)
            .by("COPY . /")
            .gone("a")
            .by("RUN rm /a")
            .account();
    ImageLimits limits =
        new ImageLimits(
            OptionalLong.of(1000),
            OptionalLong.of(10),
            OptionalDouble.of(0.01),
            OptionalInt.of(1),
            true);

    assertThat(limits.check(account)).extracting(Object::toString).hasSize(5);
    assertThat(ImageLimits.NONE.check(account)).isEmpty();
  }
}
