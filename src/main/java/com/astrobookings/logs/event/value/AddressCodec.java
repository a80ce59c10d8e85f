package com.astrobookings.logs.event.value;

import com.astrobookings.logs.event.value.Violation.Rule;
import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/** IP addresses in their canonical form. */
final class AddressCodec extends FieldCodec<InetAddress> {

  AddressCodec() {
    super(FieldType.IP);
  }

  @Override
  public @Nullable InetAddress read(
      JsonParser parser, EventLimits limits, Violation.Sink violations) {
    String literal = string(parser, violations);
    if (literal == null) {
      return null;
    }
    Optional<InetAddress> address = Addresses.parse(literal);
    if (address.isEmpty()) {
      violations.add(
          "",
          Rule.FORMAT,
          "must be an IPv4 or IPv6 address such as 192.0.2.7 or 2001:db8::7, without zone or port");
    }
    return address.orElse(null);
  }

  @Override
  public String parseFilter(String text) {
    return Addresses.parseBlock(text)
        .orElseThrow(() ->
            new InvalidValueException(
                "must be an address such as 192.0.2.7 or a block of them such as 10.0.0.0/8"));
  }

  @Override
  public void write(JsonGenerator generator, InetAddress value) {
    generator.writeString(text(value));
  }

  @Override
  public String text(InetAddress value) {
    return Addresses.format(value);
  }
}
