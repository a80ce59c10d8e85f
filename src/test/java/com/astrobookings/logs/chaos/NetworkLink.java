package com.astrobookings.logs.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Forwards TCP connections on loopback. While it is cut, bytes get lost and connections stay open,
 * as when a cable is pulled.
 */
final class NetworkLink implements AutoCloseable {

  private final ServerSocket listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
  private final int target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;

  /** Forwards to this port. */
  NetworkLink(int target) throws IOException {
    this.target = target;
    Thread.startVirtualThread(this::accept);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  void cut() {
    cut = true;
  }

  /** Lets new connections through; those that lost bytes are closed. */
  void heal() {
    cut = false;
    closeAll();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    closeAll();
  }

  private void closeAll() {
    sockets.forEach(NetworkLink::close);
    sockets.clear();
  }

  private void accept() {
    try {
      while (true) {
        Socket near = listener.accept();
        sockets.add(near);
        Thread.startVirtualThread(() -> connect(near));
      }
    } catch (IOException closed) {
      // The link has ended.
    }
  }

  private void connect(Socket near) {
    try {
      Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
      sockets.add(far);
      Thread.startVirtualThread(() -> forward(near, far));
      forward(far, near);
    } catch (IOException refused) {
      close(near);
    }
  }

  private void forward(Socket from, Socket to) {
    byte[] buffer = new byte[16 * 1024];
    boolean lossy = false;
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        lossy |= cut; // what follows lost bytes must not arrive either
        if (!lossy) {
          out.write(buffer, 0, read);
        }
      }
    } catch (IOException ended) {
      // The other direction ends with it.
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
