package dev.carillon.server.api.request;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A file that is refused once more of it comes than is taken. */
public final class LimitedStream extends FilterInputStream {
  private final long most;
  private long read;

  public LimitedStream(InputStream file, long most) {
    super(file);
    this.most = most;
  }

  /** A read error, so that the reader does not take it for a file that is no CSV. */
  public static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    private TooLargeException(long most) {
      super("The file has more than " + (most >> 20) + " MiB. Split it.");
    }
  }

  @Override
  public int read() throws IOException {
    int next = in.read();
    count(next < 0 ? 0 : 1);
    return next;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = in.read(bytes, offset, length);
    count(Math.max(0, count));
    return count;
  }

  private void count(int more) throws IOException {
    read += more;
    if (read > most) {
      throw new TooLargeException(most);
    }
  }
}
