package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentRelayTest {
  private static final byte[] FAILURE = {0, 0, 0, 1, 5};

  @ParameterizedTest
  @ValueSource(ints = {11, 13})
  void whatALogInTakesIsPassedOnAndAnswered(int type) throws IOException {
    byte[] request = {0, 0, 0, 3, (byte) type, 1, 2};
    byte[] answer = {0, 0, 0, 2, 12, 9};
    Side step = new Side(request);
    Side agent = new Side(answer);
    new AgentRelay(step, agent).run();
    assertThat(agent.written()).isEqualTo(request);
    assertThat(step.written()).isEqualTo(answer);
  }

  /** To add a key, to delete one or all, to lock and unlock, to add with limits, to extend. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 17, 18, 19, 20, 22, 23, 25, 26, 27, 255})
  void nothingElseReachesTheAgent(int type) throws IOException {
    Side step = new Side(new byte[] {0, 0, 0, 2, (byte) type, 1, 0, 0, 0, 1, (byte) type});
    Side agent = new Side(new byte[0]);
    new AgentRelay(step, agent).run();
    assertThat(agent.written()).isEmpty();
    assertThat(step.written()).startsWith(FAILURE).endsWith(FAILURE).hasSize(2 * FAILURE.length);
  }

  @Test
  void aMessageThatIsTooLargeEndsIt() {
    Side step = new Side(new byte[] {0x7f, 0, 0, 0, 11});
    assertThatThrownBy(() -> new AgentRelay(step, new Side(new byte[0])).run())
        .isInstanceOf(IOException.class)
        .hasMessage("a message of 2130706432 bytes");
  }

  @Test
  void aCutMessageIsTheEnd() throws IOException {
    Side step = new Side(new byte[] {0, 0, 0, 9, 11});
    Side agent = new Side(new byte[0]);
    new AgentRelay(step, agent).run();
    assertThat(agent.written()).isEmpty();
  }

  /** Says what it was made with, and keeps what it hears. */
  private static final class Side implements ByteChannel {
    private final ReadableByteChannel in;
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private final WritableByteChannel out = Channels.newChannel(heard);

    Side(byte[] says) {
      in = Channels.newChannel(new ByteArrayInputStream(says));
    }

    byte[] written() {
      return heard.toByteArray();
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
      return in.read(to);
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
      return out.write(from);
    }

    @Override
    public boolean isOpen() {
      return in.isOpen();
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
