const format = new Intl.DateTimeFormat(undefined, { dateStyle: "long", timeStyle: "medium" });

for (const time of document.querySelectorAll("time")) {
  time.textContent = format.format(new Date(time.dateTime));
}
