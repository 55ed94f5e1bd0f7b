package dev.slipway.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts of some ten megabytes, each made to hit what could take more than linear time. */
class PathologicalTextTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "a million continuation lines ~ RUN x ~ 1000000 ~ ` \\\n y`",
        "many instructions ~ RUN first ~ 300000 ~ `\nRUN echo hello world`",
        "one long line ~ RUN ~ 5000000 ~ `x`",
        "nested arrays ~ `RUN ` ~ 5000000 ~ `[`",
        "nested arrays in an array ~ `RUN [\"a\", ` ~ 5000000 ~ `[`",
        "nested triggers ~ `` ~ 1000000 ~ `ONBUILD `",
        "nested variables ~ COPY --from= ~ 1000000 ~ `${a:-`",
        "documents that never end ~ `RUN ` ~ 1000000 ~ `<<a `",
        "many documents ~ RUN x ~ 200000 ~ `\nCOPY <<A /a\nA`",
        "mistyped instructions ~ `` ~ 1000000 ~ `RNU <<A\n`",
        "unknown instructions ~ `` ~ 1000000 ~ `x <<A\n`",
        "many pairs ~ ENV a=b ~ 1000000 ~ ` a=b`",
        "many mounts ~ `RUN ` ~ 200000 ~ `--mount=type=bind,from=x `",
        "one mount of many options ~ RUN --mount=a ~ 1000000 ~ `,a=b`",
        "open quotes ~ ENV a= ~ 5000000 ~ `\"'`",
        "comments ~ RUN x ~ 1000000 ~ `\n# comment`",
        "escapes ~ RUN x ~ 5000000 ~ `\\`",
        "empty continuation lines ~ RUN x \\ ~ 2000000 ~ `\n`",
      })
  @Timeout(60)
  void endsInTime(String name, String start, int times, String repeated) {
    String text = "FROM a\n" + (start == null ? "" : start) + repeated.repeat(times);
    ParseResult result = DockerfileParser.read(name, text.getBytes(StandardCharsets.UTF_8));
    assertThat(result.dockerfile().stages()).hasSize(1);
    assertThat(result.errors()).hasSizeLessThanOrEqualTo(100);
    result.errors().forEach(error -> assertThat(error.render()).hasSizeLessThan(2000));
  }
}
