// The program: finds the command and runs it.
int main() {
  return 0;
}
