package com.astrobookings.logs.event.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTests {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7,                     192.0.2.7",
    "0.0.0.0,                       0.0.0.0",
    "255.255.255.255,               255.255.255.255",
    "::ffff:192.0.2.7,              192.0.2.7",
    "::FFFF:c000:0207,              192.0.2.7",
    "0:0:0:0:0:ffff:192.0.2.7,      192.0.2.7",
    "2001:DB8:0:0:0:0:0:1,          2001:db8::1",
    "2001:db8::0:1,                 2001:db8::1",
    "2001:0db8:0000:0001::,         2001:db8:0:1::",
    "::,                            ::",
    "::1,                           ::1",
    "fe80:0:0:1:0:0:0:1,            fe80:0:0:1::1",
    "64:ff9b::192.0.2.33,           64:ff9b::c000:221",
  })
  void writesEverySpellingOfAnAddressInOneWay(String literal, String canonical) {
    assertThat(Addresses.parse(literal)).map(Addresses::format).contains(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "localhost",
        "example.com",
        "1",
        "127.1",
        "192.0.2",
        "192.0.2.256",
        "192.0.2.07",
        "010.0.0.1",
        "0x7f.0.0.1",
        "192.0.2.7 ",
        " 192.0.2.7",
        "192.0.2.7:80",
        "192.0.2.0/24",
        "[::1]",
        "fe80::1%eth0",
        "1::2::3",
        "2001:db8::12345",
        "1:2:3:4:5:6:7",
        "::ffff:192.0.2.07",
        "١٩٢.0.2.7",
      })
  void refusesEverythingElse(String literal) {
    assertThat(Addresses.parse(literal)).isEmpty();
  }
}
