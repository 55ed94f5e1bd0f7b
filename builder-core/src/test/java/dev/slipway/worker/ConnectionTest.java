package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConnectionTest {

  @Test
  void aMessageArrivesAsItWasSent() throws IOException {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    Connection sender = new Connection(InputStream.nullInputStream(), sent);
    sender.send(Frame.RUN, 7, out -> out.writeInt(9));
    sender.send(Frame.BYTES, -1, new byte[] {1, 2, 3}, 2);
    Connection receiver =
        new Connection(new ByteArrayInputStream(sent.toByteArray()), new ByteArrayOutputStream());
    Connection.Message first = receiver.receive();
    assertThat(first.kind()).isEqualTo(Frame.RUN);
    assertThat(first.request()).isEqualTo(7);
    assertThat(first.body()).containsExactly(0, 0, 0, 9);
    Connection.Message second = receiver.receive();
    assertThat(second.request()).isEqualTo(-1);
    assertThat(second.body()).containsExactly(1, 2);
    assertThat(receiver.receive()).isNull();
  }

  @Test
  void nonsenseIsRefusedBeforeItTakesMemory() throws IOException {
    for (int length : new int[] {-1, 0, 4, Integer.MAX_VALUE}) {
      ByteArrayOutputStream sent = new ByteArrayOutputStream();
      new DataOutputStream(sent).writeInt(length);
      Connection receiver =
          new Connection(new ByteArrayInputStream(sent.toByteArray()), new ByteArrayOutputStream());
      assertThatThrownBy(receiver::receive).hasMessageContaining(length + " bytes");
    }
  }

  @Test
  void aStreamIsReadAsFastAsItIsConsumed() throws Exception {
    Window window = new Window();
    ReceivedStream stream = new ReceivedStream(window::give);
    AtomicInteger sent = new AtomicInteger();
    Thread sender =
        new Thread(
            () -> {
              try {
                for (int i = 0; i < 3 * Frame.WINDOW / Frame.PIECE; i++) {
                  window.take(Frame.PIECE);
                  stream.add(new byte[Frame.PIECE]);
                  sent.incrementAndGet();
                }
              } catch (IOException e) {
                stream.end(e);
              }
              stream.end(null);
            });
    sender.start();
    TimeUnit.MILLISECONDS.sleep(100);
    assertThat(sent.get()).isEqualTo(Frame.WINDOW / Frame.PIECE);
    assertThat(stream.transferTo(OutputStream.nullOutputStream())).isEqualTo(3L * Frame.WINDOW);
    sender.join();
  }

  @Test
  void aSenderIsNotHeldUpByWhoHasStoppedReading() throws Exception {
    Window window = new Window();
    window.take(Frame.WINDOW);
    Thread closing = new Thread(window::close);
    closing.start();
    assertThatThrownBy(() -> window.take(1)).hasMessageContaining("nobody reads");
    closing.join();
  }

  @Test
  void theReasonOfAnEarlyEndReachesTheReader() {
    ReceivedStream stream = new ReceivedStream(count -> {});
    stream.add(new byte[] {5});
    stream.end(new IOException("cut"));
    assertThatThrownBy(stream::readAllBytes).hasMessage("cut");
  }
}
