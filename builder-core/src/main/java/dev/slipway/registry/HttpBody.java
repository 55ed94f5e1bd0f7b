package dev.slipway.registry;

import java.io.IOException;
import java.io.OutputStream;

/** What a request carries; may be written more than once. */
interface HttpBody {
  HttpBody EMPTY =
      new HttpBody() {
        @Override
        public long length() {
          return 0;
        }

        @Override
        public String type() {
          return "application/octet-stream";
        }

        @Override
        public void writeTo(OutputStream out) {}
      };

  static HttpBody of(byte[] bytes, String type) {
    return new HttpBody() {
      @Override
      public long length() {
        return bytes.length;
      }

      @Override
      public String type() {
        return type;
      }

      @Override
      public void writeTo(OutputStream out) throws IOException {
        out.write(bytes);
      }
    };
  }

  long length();

  String type();

  void writeTo(OutputStream out) throws IOException;
}
