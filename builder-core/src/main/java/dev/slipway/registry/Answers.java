package dev.slipway.registry;

import dev.slipway.oci.Digest;

/** What registries' answers have in common. */
final class Answers {
  private Answers() {}

  /**
   * Checks the digest that a registry says it has stored or sent; one in another algorithm, or
   * none, says nothing.
   */
  static void checkDigest(HttpAnswer answer, Digest expected) {
    String header = answer.header("Docker-Content-Digest");
    if (header == null || !header.startsWith(expected.algorithm() + ":")) {
      return;
    }
    if (!header.trim().equals(expected.toString())) {
      throw new RegistryException(
          answer.call().describe()
              + ": the registry has digest "
              + PlainText.of(header, 150)
              + ", expected "
              + expected);
    }
  }
}
