package dev.slipway.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A proxy on this machine that lets through who brings the right password. Whatever host is asked
 * for, it leads to the one server that it was made for.
 */
public final class PasswordProxy implements Closeable {
  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final int target;
  private final String authorization;

  /**
   * @param target the port of the server
   * @param authorization what a request must bring
   */
  public PasswordProxy(int target, String authorization) throws IOException {
    this.target = target;
    this.authorization = authorization;
    threads.execute(this::accept);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** The first lines of all requests, as {@code CONNECT host:443 HTTP/1.1}. */
  public List<String> requests() {
    return requests;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        threads.execute(() -> serve(client));
      }
    } catch (SocketException e) {
      // Closed.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket server = new Socket("127.0.0.1", target)) {
      String head = head(client.getInputStream());
      String first = head.substring(0, head.indexOf('\r'));
      requests.add(first);
      if (!head.contains("\r\nProxy-Authorization: " + authorization + "\r\n")) {
        answer(client, "HTTP/1.1 407 Proxy Authentication Required", "Content-Length: 0\r\n");
        return;
      }
      if (first.startsWith("CONNECT ")) {
        answer(client, "HTTP/1.1 200 OK", "");
      } else {
        String onwards = head.replaceAll("\r\n(?i:proxy-|connection:)[^\r]*", "");
        onwards = onwards.replaceFirst(" http://[^/]+/", " /");
        onwards = onwards.replaceFirst("\r\n", "\r\nConnection: close\r\n");
        server.getOutputStream().write(onwards.getBytes(StandardCharsets.ISO_8859_1));
      }
      threads.execute(() -> pass(client, server));
      pass(server, client);
    } catch (IOException e) {
      // One side has gone.
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no request");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static void answer(Socket client, String status, String headers) throws IOException {
    client
        .getOutputStream()
        .write((status + "\r\n" + headers + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void pass(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // One side has gone.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    threads.shutdownNow();
  }
}
