package dev.slipway.deflate;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Things to compress. */
final class Inputs {
  private Inputs() {}

  /** One of each kind, among them those that are known to be hard. */
  static List<byte[]> all() {
    List<byte[]> inputs = new ArrayList<>();
    for (int size : new int[] {0, 1, 2, 3, 4, 5, 7, 8, 9, 257, 258, 259, 260, 65_535, 65_536}) {
      inputs.add(new byte[size]);
      inputs.add(noise(size));
      inputs.add(text(size));
    }
    inputs.add(text(600_000));
    inputs.add(records(300_000));
    inputs.add(noise(300_000));
    inputs.add(fibonacci(400_000));
    inputs.add(patchwork(new Random(9), 700_000));
    byte[] ones = new byte[300_000];
    Arrays.fill(ones, (byte) -1);
    inputs.add(ones);
    byte[] all = new byte[70_000];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) (i + (i >> 8));
    }
    inputs.add(all);
    return inputs;
  }

  static byte[] noise(int size) {
    byte[] noise = new byte[size];
    new Random(size).nextBytes(noise);
    return noise;
  }

  /** Words of a small language, as often as words are. */
  static byte[] text(int size) {
    Random random = new Random(size);
    String[] words = new String[4000];
    for (int i = 0; i < words.length; i++) {
      StringBuilder word = new StringBuilder();
      for (int j = random.nextInt(8); j >= 0; j--) {
        word.append((char) ('a' + Math.min(random.nextInt(26), random.nextInt(26))));
      }
      words[i] = word.toString();
    }
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    while (text.size() < size) {
      int index = (int) (words.length * Math.pow(random.nextDouble(), 4));
      String end = random.nextInt(12) == 0 ? ".\n" : " ";
      text.writeBytes((words[index] + end).getBytes(StandardCharsets.US_ASCII));
    }
    return Arrays.copyOf(text.toByteArray(), size);
  }

  /** Numbers in fields, as programs and tables have them. */
  static byte[] records(int size) {
    Random random = new Random(size);
    byte[] records = new byte[size];
    for (int i = 0; i + 16 <= size; i += 16) {
      int number = i >> 4;
      records[i] = (byte) number;
      records[i + 1] = (byte) (number >> 8);
      records[i + 4] = (byte) random.nextInt(20);
      records[i + 8] = (byte) random.nextInt();
      records[i + 12] = (byte) (random.nextInt(4) * 16);
      records[i + 13] = 0x48;
    }
    return records;
  }

  /** Bytes as often as the Fibonacci numbers say, for which codes are as long as can be. */
  static byte[] fibonacci(int size) {
    byte[] bytes = new byte[size];
    int at = 0;
    int one = 1;
    int other = 1;
    for (int value = 0; at < size; value++) {
      for (int i = 0; i < one && at < size; i++) {
        bytes[at++] = (byte) (value * 37);
      }
      int sum = one + other;
      one = other;
      other = sum;
    }
    Random random = new Random(4);
    for (int i = size - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      byte swap = bytes[i];
      bytes[i] = bytes[j];
      bytes[j] = swap;
    }
    return bytes;
  }

  /** Stretches of all kinds, some of them copies of what was before. */
  static byte[] patchwork(Random random, int size) {
    byte[] bytes = new byte[size];
    int at = 0;
    while (at < size) {
      int length = Math.min(size - at, 1 + random.nextInt(1 << 1 + random.nextInt(14)));
      int distance = 1 + random.nextInt(1 << random.nextInt(17));
      int symbols = 1 << random.nextInt(9);
      boolean copies = distance <= at && random.nextInt(3) > 0;
      for (int end = at + length; at < end; at++) {
        bytes[at] = copies ? bytes[at - distance] : (byte) random.nextInt(symbols);
      }
    }
    return bytes;
  }
}
