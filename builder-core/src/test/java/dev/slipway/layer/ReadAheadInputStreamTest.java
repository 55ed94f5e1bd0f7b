package dev.slipway.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadAheadInputStreamTest {
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void endThreads() throws InterruptedException {
    threads.shutdown();
    assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void theBytesAreThoseOfTheStreamHoweverTheyAreRead() throws IOException {
    byte[] bytes = new byte[5_000_001];
    new Random(1).nextBytes(bytes);
    try (InputStream in = ReadAheadInputStream.of(new ByteArrayInputStream(bytes), threads)) {
      assertThat(in.read()).isEqualTo(bytes[0] & 0xff);
      in.skipNBytes(1_000_000);
      assertThat(in.readNBytes(3))
          .containsExactly(bytes[1_000_001], bytes[1_000_002], bytes[1_000_003]);
      byte[] rest = in.readAllBytes();
      assertThat(rest).hasSize(bytes.length - 1_000_004).endsWith(bytes[bytes.length - 1]);
      assertThat(in.read()).isEqualTo(-1);
      assertThat(in.read(rest, 0, 1)).isEqualTo(-1);
    }
  }

  @Test
  void anExecutorThatTakesNoMoreWorkLeavesNothingOpen() {
    threads.shutdown();
    AtomicBoolean closed = new AtomicBoolean();
    InputStream in =
        new ByteArrayInputStream(new byte[1]) {
          @Override
          public void close() {
            closed.set(true);
          }
        };
    assertThatThrownBy(() -> ReadAheadInputStream.of(in, threads))
        .isInstanceOf(RejectedExecutionException.class);
    assertThat(closed).isTrue();
  }

  @Test
  void whatTheStreamThrowsItsReaderIsThrownAfterTheBytesBefore() throws IOException {
    IOException early = new EOFException("early");
    InputStream broken =
        new InputStream() {
          private int left = 300_000;

          @Override
          public int read() throws IOException {
            if (left-- == 0) {
              throw early;
            }
            return 1;
          }

          @Override
          public int read(byte[] buffer, int start, int length) throws IOException {
            buffer[start] = (byte) read();
            return 1;
          }
        };
    try (InputStream in = ReadAheadInputStream.of(broken, threads)) {
      assertThat(in.readNBytes(200_000)).hasSize(200_000);
      assertThatThrownBy(in::readAllBytes).isSameAs(early);
    }
  }

  @Test
  void aReaderThatStopsStopsTheStreamSoonAndClosesIt() throws Exception {
    AtomicLong given = new AtomicLong();
    CountDownLatch closed = new CountDownLatch(1);
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            given.incrementAndGet();
            return 0;
          }

          @Override
          public int read(byte[] buffer, int start, int length) {
            given.addAndGet(length);
            return length;
          }

          @Override
          public void close() {
            closed.countDown();
          }
        };
    try (InputStream in = ReadAheadInputStream.of(endless, threads)) {
      assertThat(in.readNBytes(1000)).hasSize(1000);
    }
    assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(given.get()).isLessThan(4 << 20);
  }
}
