package dev.slipway.session;

import dev.slipway.context.BuildContext;
import dev.slipway.context.DockerfileText;

/** The Dockerfile and the contexts of a request. */
record SessionInputs(ContextInputs main, NamedContextInputs named) implements AutoCloseable {
  DockerfileText dockerfile() {
    return main.dockerfile();
  }

  BuildContext context() {
    return main.context();
  }

  @Override
  public void close() {
    named.close();
    main.context().close();
  }
}
