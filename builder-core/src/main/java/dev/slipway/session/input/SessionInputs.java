package dev.slipway.session.input;

import dev.slipway.context.BuildContext;
import dev.slipway.context.DockerfileText;

/** The Dockerfile and the contexts of a request. */
public record SessionInputs(ContextInputs main, NamedContextInputs named) implements AutoCloseable {
  public DockerfileText dockerfile() {
    return main.dockerfile();
  }

  public BuildContext context() {
    return main.context();
  }

  @Override
  public void close() {
    named.close();
    main.context().close();
  }
}
