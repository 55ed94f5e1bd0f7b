package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A worker without namespaces, in this process: it reads layer directories all the same. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class WorkerServerTest {
  private static final int REQUEST = 7;

  @TempDir Path layer;
  private Connection client;
  private OutputStream toWorker;
  private Thread worker;

  @BeforeEach
  void startWorker() throws IOException {
    PipedInputStream workersInput = new PipedInputStream(1 << 20);
    PipedInputStream workersOutput = new PipedInputStream(2 * Frame.WINDOW);
    toWorker = new PipedOutputStream(workersInput);
    client = new Connection(workersOutput, toWorker);
    WorkerServer server =
        new WorkerServer(new Connection(workersInput, new PipedOutputStream(workersOutput)));
    worker =
        new Thread(
            () -> {
              try {
                server.serve();
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    worker.start();
  }

  @AfterEach
  void stopWorker() throws Exception {
    toWorker.close();
    worker.join();
  }

  /** Asks for a file of more than is sent unasked. */
  private void askForLargeFile() throws IOException {
    Files.write(layer.resolve("large"), new byte[2 * Frame.WINDOW]);
    client.send(
        Frame.READ,
        REQUEST,
        out -> {
          StepRequestCodec.writeText(layer.toString(), out);
          out.writeBytes("large");
        });
  }

  private void receiveWindow() throws IOException {
    for (int received = 0; received < Frame.WINDOW; ) {
      Connection.Message message = client.receive();
      assertThat(message.kind()).isEqualTo(Frame.BYTES);
      received += message.body().length;
    }
  }

  private void assertReadingEnded() throws IOException {
    Connection.Message message = client.receive();
    assertThat(message.kind()).isEqualTo(Frame.FAILED);
    assertThat(
            StepRequestCodec.readText(
                new DataInputStream(new ByteArrayInputStream(message.body()))))
        .isEqualTo("nobody reads any more");
  }

  @Test
  void aFileIsNotReadOnWhereNoMoreOfItIsWanted() throws Exception {
    askForLargeFile();
    receiveWindow();

    client.trySend(Frame.END, REQUEST, new byte[0]);

    assertReadingEnded();
  }

  @Test
  void whatIsReadDoesNotHoldUpTheEnd() throws Exception {
    askForLargeFile();
    receiveWindow();

    toWorker.close();
    worker.join();

    assertReadingEnded();
  }
}
